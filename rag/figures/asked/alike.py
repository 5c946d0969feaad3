"""Words by which people call one thing in Chinese and English: what a column or a row may be asked for as."""

import re

ENDING = re.compile(r"(?:ies|es|s|(?<=[a-z]{3})y)$")
"""How an English word ends in one or in several."""
ALIKE: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split("|"))
    for words in (
        "销售额|销售金额|营业额|销售收入|销售总额|销售|sales|sales amount|revenue|turnover|net sales",
        "营业收入|营业总收入|收入|revenue|revenues|net revenue|net sales|total revenue",
        "数量|销量|销售量|件数|quantity|qty|units|units sold|volume",
        "利润|毛利|毛利润|profit|gross profit|margin",
        "净利润|net income|net profit|net earnings|profit for the year",
        "研发费用|研发经费|企业研发经费|research and development|r&d expenses|r&d",
        "成本|费用|支出|cost|costs|expense|expenses|spend|spent|spending",
        "金额|总额|总价|价款|amount|total amount|value",
        "单价|价格|price|unit price",
        "地区|区域|大区|片区|region|area|territory",
        "省份|省|province|state",
        "城市|city|town",
        "国家|country|nation",
        "产品|商品|货品|品名|产品名称|商品名称|product|item|products|items|product name",
        "类别|品类|分类|种类|类型|category|type|class|segment",
        "客户|客户名称|顾客|customer|client|customers|clients|customer name",
        "部门|department|division|team",
        "员工|姓名|人员|销售员|业务员|employee|name|salesperson|sales rep|representative",
        "渠道|channel",
        "门店|店铺|分店|store|shop|branch",
        "供应商|supplier|vendor",
        "日期|时间|订单日期|销售日期|date|order date|day|time",
        "月份|月|month",
        "季度|quarter",
        "年份|年度|年|year|fiscal year",
        "月薪|工资|薪资|薪水|月工资|薪酬|salary|monthly salary|wage|wages|pay",
        "人数|员工数|headcount|employees|number of employees|staff|employs|employ",
        "资产总计|总资产|资产总额|total assets",
        "负债合计|总负债|负债总额|total liabilities",
    )
)

AMOUNTS = frozenset("金额|总额|总价|价款|价税合计|amount|total amount|total price".split("|"))
SALES = ("销售额", "销售金额", "营业额", "销售收入", "sales", "revenue", "turnover")
"""What such amounts are in a table of sales, which says so (``SAYS_SALES``)."""
SAYS_SALES = re.compile(r"销售|订单|\bsales\b|\borders?\b")
SPENT = ("花得最", "花了多少钱", "花费多少钱", "报销了多少钱")
"""What such amounts are in a table of spending, which says so (``SAYS_SPENT``)."""
SAYS_SPENT = re.compile(r"费用|报销|支出|开支")
