"""Beginning with the bureau's shared database (共享库): by fields or by address, tried before it is chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit

from oa_client.domain.errors import Invalid, OaError
from oa_client.ui.jobs import Jobs
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.step import Step
from oa_client.usecases import connecting
from oa_client.usecases.connecting import Opened, Server

SENTENCE = "请按系统管理员给出的信息填写。连接后用自己的警号和密码登录。"
ONE_BY_ONE = ("host", "port", "database", "verify")


class ServerStep(Step):
    """`opened(Opened, login)` when the shared database answers and is ready."""

    opened = Signal(object, str)

    def __init__(self, jobs: Jobs, url: str = "") -> None:
        super().__init__("连接共享库", SENTENCE)
        self._jobs, self._by_address = jobs, False
        self.form = FormGrid(self)
        self.form.add("address", "地址", QLineEdit(), required=True, hint="格式：postgresql://主机:端口/库名")
        self.form.add("host", "服务器", QLineEdit(), required=True, hint="主机名或地址；有备用服务器时用逗号隔开。")
        self.form.add("port", "端口", QLineEdit(), required=True)
        self.form.add("database", "库名", QLineEdit(), required=True)
        self.verify = QCheckBox("核对服务器证书")
        self.form.add("verify", "", self.verify, hint="密码经网络传送前先确认对方就是本单位的服务器。只在本机试用时可以不核对。")
        self.verify.setAccessibleName(self.verify.text())
        self.form.submitted.connect(self.join)
        self.column.addWidget(self.form)
        self.other_way = button("改用地址填写", "link", pressed=self._switch)
        self.test = button("测试连接", pressed=self.try_out)
        self.verb = button("连接", "primary", tip="连接共享库（Ctrl+Enter）", pressed=self.join)
        self.add_verbs(self.test, self.verb, aside=self.other_way)
        self._fill(connecting.read_server(url) if url else Server())
        self._show_way()
        self.setFocusProxy(self.form.field("host"))

    def try_out(self) -> None:
        """Try the connection and say in words what is there, or what is wrong."""
        url = self._url()
        if url:
            self.banner.hide()
            self._jobs.read(self, connecting.probe, url, then=self._good, failed=self.refuse, busy=self._parts(), doing="正在测试连接")

    def join(self) -> None:
        """Open the shared database and go on with it."""
        url = self._url()
        if url:
            self.banner.hide()
            self._jobs.read(self, connecting.open_up, url, then=self._open_done, failed=self.refuse, busy=self._parts(),
                            doing="正在连接共享库")

    def refuse(self, problem: OaError) -> None:
        """Say above the form what went wrong, with the focus where it can be put right."""
        if isinstance(problem, Invalid):
            self.form.refuse(problem)
            return
        self.banner.tell(problem)

    def _url(self) -> str:
        self.form.clear_errors()
        filled = self.form.values()
        try:
            if not self._by_address:
                return connecting.server_url(Server(*(filled[key] for key in ONE_BY_ONE)))
            connecting.read_server(filled["address"])
            return filled["address"]
        except Invalid as problem:
            self.form.refuse(problem)
        except OaError as problem:
            self.form.show_errors({"address": f"{problem.sentence}{problem.hint}"})
        return ""

    def _parts(self) -> tuple:
        return self.form, self.test, self.verb, self.other_way, self.way_back

    def _good(self, words: str) -> None:
        self.banner.say(words, "ontime")

    def _open_done(self, opened: Opened) -> None:
        self.opened.emit(opened, "")

    def _switch(self) -> None:
        """Between one field for each part and a whole address; what was filled in goes along where it can be read."""
        filled = self.form.values()
        try:
            if self._by_address:
                self._fill(connecting.read_server(filled["address"]))
            else:
                self.form.set_values({"address": connecting.server_url(Server(*(filled[key] for key in ONE_BY_ONE)))})
        except OaError:
            pass  # not yet readable: the other way starts from what it held
        self.form.clear_errors()
        self._by_address = not self._by_address
        self._show_way()

    def _show_way(self) -> None:
        for key in ONE_BY_ONE:
            self.form.show_row(key, not self._by_address)
        self.form.show_row("address", self._by_address)
        self.other_way.setText("改为逐项填写" if self._by_address else "改用地址填写")

    def _fill(self, server: Server) -> None:
        self.form.set_values({key: getattr(server, key) for key in ONE_BY_ONE})
