"""The first start: three choices, the demonstration made, the login page with its personas."""

from oa_client.tour.guide import Guide
from oa_client.ui.login import LoginWindow
from oa_client.ui.start_demo import DemoStep
from oa_client.ui.start_page import StartWindow

MAKING_SECONDS = 600


def begin(guide: Guide) -> None:
    """From an empty home to the login page of a fresh demonstration."""
    program = guide.program
    with guide.step("首次启动：三种选择"):
        program.start()
        guide.wait(lambda: isinstance(program.entrance.view(), StartWindow), "首次启动页")
        start = guide.view(StartWindow)
        guide.settle()
        guide.check("有演示、新建单机库、连接共享库三种选择", set(start.choices.cards) == {"demo", "single", "server"})
        guide.picture("首次启动", program.entrance)
    with guide.step("建立演示库"):
        start.choices.cards["demo"].click()
        guide.breathe(300)
        making = start.stack.currentWidget()
        assert isinstance(making, DemoStep)
        making.enter.click()
        guide.wait(lambda: making.bar.maximum() > 1 and making.bar.value() > making.bar.maximum() // 3, "演示库建到一半", MAKING_SECONDS)
        guide.picture("建立演示库", program.entrance)
        guide.wait(lambda: isinstance(program.entrance.view(), LoginWindow), "登录页", MAKING_SECONDS)
        guide.settle()
    with guide.step("登录页：演示身份"):
        login = guide.view(LoginWindow)
        guide.check("列出至少八个身份", len(login.cards) >= 8, len(login.cards))
        guide.check("写明演示库", "演示库" in login.banner.sentence.text(), login.banner.sentence.text())
        guide.picture("登录", program.entrance)
