"""`PORT…`: Scrapy over the made sites, one after the other. Prints one line of JSON like peer-driver.mjs: pages, seconds, broken paths."""

import json
import re
import sys
import time
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor

CONCURRENT = 50
PAGE = re.compile(r"/(?:$|c\d+/\d+/t)")

pages = 0
found = {port: [] for port in sys.argv[1:]}


class Walk(scrapy.Spider):
    name = "walk"
    handle_httpstatus_list = [404]
    links = LinkExtractor(tags=("a", "link"), attrs=("href",), deny_extensions=[])

    def __init__(self, port):
        super().__init__()
        self.port = port
        self.start_urls = [f"http://127.0.0.1:{port}/"]

    def parse(self, response):
        global pages
        path = urlsplit(response.url).path
        if response.status >= 400:
            found[self.port].append(path)
            return
        if PAGE.match(path):
            pages += 1
        if not isinstance(response, scrapy.http.HtmlResponse):
            return
        for link in self.links.extract_links(response):
            if urlsplit(link.url).port == int(self.port):
                yield scrapy.Request(link.url, callback=self.parse)


process = CrawlerProcess(
    {
        "LOG_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "RETRY_ENABLED": False,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "CONCURRENT_REQUESTS": CONCURRENT,
        "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENT,
    }
)
for port in found:
    process.crawl(Walk, port)
started = time.monotonic()
process.start()
print(json.dumps({"pages": pages, "seconds": time.monotonic() - started, "found": found}))
