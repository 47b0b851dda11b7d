"""What a reader sees in an answer."""

from lxml import html


def links(answer):
    page = html.document_fromstring(answer.get_data(as_text=True))
    return page.xpath("//main//ul//a/@href")


def language(answer):
    page = html.document_fromstring(answer.get_data(as_text=True))
    return page.get("lang"), page.get("dir")
