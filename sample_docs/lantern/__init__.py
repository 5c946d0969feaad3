"""The sales workbook of Lantern Lane Trading (灯巷贸易), an invented shop for lamps."""
