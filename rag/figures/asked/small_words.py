"""The words of a question that name nothing: what is left when they are gone must be accounted for."""

import re

_ENGLISH = "|".join(
    """
    a across all amount an and annual annually any are as at average be been best between biggest bottom by cagr
    calculate can chart compare compared could currently daily day days did difference do does draw each every
    fewer find for from get give graph grew growth had has have help higher highest how i in into is it its know
    larger largest least less like line list located lower lowest many maximum me mean minimum month monthly months
    more most much need number of on or our out over overall per percent percentage please plot proportion quarter
    quarterly quarters rank ranked ranking rate ratio see share show smaller smallest so_far stationed sum tell
    than that the their there this through time to to_date top total totals trend trends us value values versus vs
    want was we were what when which who with work working works worst would year yearly years you
    """.split()
).replace("_", " ")
SAYS_NOTHING = re.compile(
    r"\b\d{1,3} (?=highest|largest|biggest|best|lowest|smallest|worst)"
    r"|(?:前|倒数|top )\s*(?:\d{1,3}|[一二三四五六七八九十])"
    r"|最[高低大小多少好差]的[\d一二两三四五六七八九十]+[个家款种名位项]|百分之[几多]少?|几成"
    r"|(?:结果|答案)?(?:记得|需要?|请)?(?:要|取)?保留[至到]?(?:小数点后)?.{0,3}位(?:小数)?|的?年报(?:数据)?|该?报告期内?"
    r"|请?提供|结果|大?约为?|达到?了?|是否|是多少|有多少|多少|什么|怎么样?|如何|请问|请|帮我|告诉我?|给出|列出|显示|计算|求出?|查询|看一?下|一下"
    r"|想知道|知道|具体|分别|情况|数据|信息|保留.{0,3}位小数|四舍五入|单位|万元|亿元|元|公司|企业|有限|股份|集团|科技"
    r"|根据|按照?|以及|并且?|然后|其中|之间|当年|全年|年度?|季度|月份?|日|天|期间|第|前|名|表格?|图表?|统计|汇总|绘制|画"
    r"|差额|差值|相差|之差|多少|比|一个|哪一?[个些家位年月天日]?|谁|何[时人处]|时候|每个?|各个?|所有|全部|不同|最[高大多低小少好差]|排[名行序]|增长率?|变化|趋势|走势|占比?"
    r"|比例|比值|比率|比重|总[额和计量数共]?|合计|平均值?|均值|同比|环比|对比|比较|相比"
    r"|[的是了吗呢吧么在为有和与及跟对从到至中里内上下由于也都将把被个这那它其]"
    rf"|\b(?:{_ENGLISH})\b"
)
"""Words that a question may have besides those that name something."""

MOST_LEFT = 3
"""Han characters, or one word, that may be left of a question and mean nothing."""

POLITE = re.compile(
    r"加起来|加在一起|合起来|算一?算|算|你好|您好|请问|请您?|麻烦|辛苦|劳烦|谢谢|多谢|拜托|能否|能不能|可否|可以|是否|可不可以|帮忙?|介绍|说明|说说|讲讲|讲"
    r"|告知|告诉|想要?|希望|了解|清楚|查一?查|查看|查找|看看|问问?|问|知道|时候|时|这个|那个|这些|项目|各自|各项|各|总共|一共"
    r"|本公司|贵公司|该公司|本企业|该企业|我司|咱们?|我们?|你们?|您|它们?|他们?|具体|到底|究竟|共计|共|账面上?"
    r"|为多少|有多少|多少钱|钱|能|会|就|给|下|呀|啊|哦|嘛|呗|哈|哪|啥|谁|何|占|达到?了?|达|产生|带来|发生|存在|属于|对应|相关|方面|上面"
)
"""Words around a question that ask nothing."""
