import os, sys, pathlib, pytest
sys.path[:0]=['/work/main','/work/main/src']
from tests.browser.path import *
from tests.conftest import Town
@pytest.mark.browser
def test_explore(town, chromium):
    ctx=chromium.new_context(viewport={"width":1440,"height":1100}); page=ctx.new_page()
    w=Walk(page, town.site.url)
    out=pathlib.Path('/tmp/shots'); out.mkdir(exist_ok=True)
    n=[0]
    def shot(name):
        n[0]+=1; page.screenshot(path=str(out/f"{n[0]:02d}-{name}.png"), full_page=True)
    def fields():
        return page.eval_on_selector_all("input,select,textarea,button", "es=>es.map(e=>[e.tagName,e.name,e.type,e.value&&e.value.slice(0,40),(e.innerText||'').slice(0,30)].join('|'))")
    try:
        exec(open('/tmp/explore.py').read(), globals(), locals())
    except Exception as e:
        shot("failed"); print(page.url); print(page.inner_text("body")[:1500]); print("\n".join(fields()))
        print((pathlib.Path(town.site.environment["LIPEI_HOME"])/"web.log").read_text()[-3000:])
        raise
