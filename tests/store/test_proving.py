"""`db check` on a server: nothing to say of a healthy bureau, and every deliberate weakening is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import text

from oa_client.store import enforcing, proving
from oa_client.store import engine as engines
from oa_client.store import unit as transactions
from oa_client.store.proving import rows, settings, twins
from oa_client.store.proving.looking import Look
from oa_client.store.proving.statements import named, statements
from oa_client.usecases import setting_up
from oa_client.usecases.rule_rows import rule_rows
from tests import postgres
from tests.small_bureau import Bureau

pytestmark = pytest.mark.postgres
FEW = 4


@dataclass
class Proof:
    """A bureau on a server, weakened within a transaction and looked at there."""

    bureau: Bureau
    names: enforcing.Names
    rules: dict = field(default_factory=dict)

    def after(self, sql: str = "") -> list[str]:
        """What is found after some SQL of a superuser; nothing of it stays."""
        for key in ("database", "owner", "keeper", "officer"):
            sql = sql.replace(f"@{key}@", getattr(self.names, key))
        sql = re.sub("@([0-9]+)@", lambda match: self.names.login(match[1]), sql)
        with transactions.trial(self.bureau.engine) as session:
            connection = session.connection()
            if sql:
                enforcing.run(connection, sql)
            return proving.found(connection, self.names, self.rules)


@pytest.fixture(scope="module")
def proof(postgres_server) -> Iterator[Proof]:
    with postgres.database(postgres_server) as url:
        bureau = Bureau.make(url)
        with transactions.look(bureau.engine) as session:
            rules = rule_rows(session)
        yield Proof(bureau, enforcing.Names(bureau.engine.url.database), rules)
        bureau.close()


def test_a_healthy_bureau_has_no_difference(proof):
    assert proof.after() == []
    assert proving.differences(proof.bureau.engine, proof.rules) == []


WEAK = "CREATE OR REPLACE FUNCTION oa.share_alive(d bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, oa, pg_temp AS 'SELECT true'"
WEAKENINGS = {
    # row policies
    "a dropped policy": ("DROP POLICY readable ON task", "表 task 的行级策略 readable 不见了"),
    "a policy that shows everything": ("ALTER POLICY readable ON document USING (true)", "document 的行级策略 readable"),
    "a policy that takes everything": ("ALTER POLICY made ON opinion WITH CHECK (true)", "opinion 的行级策略 made"),
    "a policy for another role": ("ALTER POLICY readable ON opinion TO @owner@", "opinion 的行级策略 readable"),
    "a policy for all acts": ("DROP POLICY handled ON share; CREATE POLICY handled ON share TO @officer@ USING ((SELECT d.readers && (SELECT oa.mine()) FROM document d WHERE d.id = share.document_id)) WITH CHECK (true)",
                              "share 的行级策略 handled"),
    "one policy more": ("CREATE POLICY more ON reader FOR SELECT TO @officer@ USING (true)", "reader 的行级策略 more"),
    "row security off": ("ALTER TABLE attachment DISABLE ROW LEVEL SECURITY", "表 attachment 的行级安全被关闭"),
    # grants
    "a table grant": ("GRANT DELETE ON opinion TO @officer@", "表 opinion 多出“删除”"),
    "a column grant": ("GRANT UPDATE (number) ON document TO @officer@", "表 document 的列 number 多出“修改”"),
    "a column of the password": ("GRANT SELECT (password_hash) ON account TO @officer@", "列 password_hash"),
    "a grant to everybody": ("GRANT SELECT ON search_text TO PUBLIC", "所有人对表 search_text 多出“读取”"),
    "a grant to one officer": ("GRANT SELECT ON document TO @120003@", "@120003@ 对表 document 多出“读取”"),
    "a right to hand on": ("GRANT SELECT (title) ON document TO @officer@ WITH GRANT OPTION", "列 title 多出“读取（可转授）”"),
    "a grant taken away": ("REVOKE SELECT (title) ON document FROM @officer@", "列 title 缺少“读取”"),
    "a grant to a stranger": ("CREATE ROLE @database@_backup NOLOGIN; GRANT SELECT ON document TO @database@_backup", "@database@_backup 对表 document"),
    "a sequence": ("GRANT UPDATE ON SEQUENCE document_id_seq TO @officer@", "序列 document_id_seq 多出“修改”"),
    "an internal function": ("GRANT EXECUTE ON FUNCTION oa.login_make(text, text) TO @officer@", "函数 oa.login_make(text,text) 多出“执行”"),
    "a function for everybody": ("GRANT EXECUTE ON FUNCTION oa.acl_sync(int) TO PUBLIC", "所有人对函数 oa.acl_sync(integer) 多出“执行”"),
    "rules open to writing": ("GRANT UPDATE ON oa.rule_value TO @officer@", "表 oa.rule_value 多出“修改”"),
    "the language plpgsql": ("GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC", "语言 plpgsql 多出“使用”"),
    "pg_notify": ("GRANT EXECUTE ON FUNCTION pg_notify(text, text) TO PUBLIC", "函数 pg_notify(text,text) 多出“执行”"),
    "large objects": ("GRANT EXECUTE ON FUNCTION lo_creat(int) TO @officer@", "函数 lo_creat(integer) 多出“执行”"),
    "files of the server": ("GRANT EXECUTE ON FUNCTION pg_read_file(text) TO @officer@", "函数 pg_read_file(text) 多出“执行”"),
    "passwords of the server": ("GRANT SELECT ON pg_authid TO PUBLIC", "表 pg_authid 多出“读取”"),
    "a column of the server's passwords": ("GRANT SELECT (rolpassword) ON pg_authid TO @officer@", "表 pg_authid 的列 rolpassword 多出“读取”"),
    "temporary tables": ("GRANT TEMPORARY ON DATABASE @database@ TO PUBLIC", "数据库 @database@ 多出“建临时表”"),
    "another database": ("GRANT CONNECT ON DATABASE postgres TO PUBLIC", "数据库 postgres 多出“连接”"),
    "things of their own": ("GRANT CREATE ON SCHEMA public TO @officer@", "模式 public 多出“新建”"),
    "a parameter": ("GRANT SET ON PARAMETER session_replication_role TO @officer@", "参数 session_replication_role 多出“设置”"),
    "rights by default": ("ALTER DEFAULT PRIVILEGES FOR ROLE @owner@ GRANT SELECT ON TABLES TO PUBLIC", "角色 @owner@ 的默认授权"),
    "rights by default not taken away": ("ALTER DEFAULT PRIVILEGES FOR ROLE @keeper@ GRANT EXECUTE ON FUNCTIONS TO PUBLIC", "@keeper@ 的默认授权没有收回"),
    # triggers and functions
    "a disabled trigger": ("ALTER TABLE task DISABLE TRIGGER guard_update", "表 task 的触发器 guard_update 与程序文件不符：启用状态"),
    "a trigger for replicas alone": ("ALTER TABLE task ENABLE REPLICA TRIGGER judge", "表 task 的触发器 judge"),
    "a dropped trigger": ("DROP TRIGGER link ON audit_event", "表 audit_event 的触发器 link 不见了"),
    "another condition": ("DROP TRIGGER guard_insert ON share; CREATE TRIGGER guard_insert BEFORE INSERT ON share FOR EACH ROW WHEN (false) EXECUTE FUNCTION oa.share_insert()", "share 的触发器 guard_insert"),
    "another function under a trigger": ("DROP TRIGGER guard_insert ON share; CREATE TRIGGER guard_insert BEFORE INSERT ON share FOR EACH ROW WHEN (oa.guarded()) EXECUTE FUNCTION oa.opinion_insert()",
                                         "share 的触发器 guard_insert"),
    "one trigger more": ("CREATE TRIGGER zz BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION oa.document_told()", "document 的触发器 zz 是多出来的"),
    "foreign keys off": ("ALTER TABLE opinion DISABLE TRIGGER ALL", "表 opinion 的外键检查被停用"),
    "a rewrite rule": ("CREATE RULE quiet AS ON DELETE TO audit_event DO INSTEAD NOTHING", "改写规则 quiet（public.audit_event）"),
    "a table dropped": ("DROP TABLE password_history", "缺少表 password_history"),
    "a check dropped": ("ALTER TABLE task_group DROP CONSTRAINT ck_task_group_ck_task_group_pending", "ck_task_group_pending"),
    "another body": (WEAK, "函数 oa.share_alive(bigint) 与程序文件不符：内容"),
    "a function as its caller": ("ALTER FUNCTION oa.task_insert() SECURITY INVOKER", "函数 oa.task_insert() 与程序文件不符：以谁的身份执行"),
    "a function without its path": ("ALTER FUNCTION oa.me() RESET search_path", "函数 oa.me() 与程序文件不符：自带的"),
    "a function of more worth": ("ALTER FUNCTION oa.me() IMMUTABLE", "函数 oa.me() 与程序文件不符：写法"),
    "a function dropped": ("DROP FUNCTION oa.sweep()", "函数 oa.sweep() 不见了"),
    "a function more": ("CREATE FUNCTION oa.peek() RETURNS SETOF document LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM public.document'", "函数 oa.peek() 是多出来的"),
    "a function in the way": ("CREATE FUNCTION public.actor() RETURNS int LANGUAGE sql AS 'SELECT 1'", "多出函数 public.actor()"),
    "an operator in the way": ("CREATE OPERATOR public.= (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)", "多出运算符 public.="),
    "an extension": ("CREATE EXTENSION dblink", "多出扩展 dblink"),
    "the login trigger off": ("ALTER EVENT TRIGGER oa_login DISABLE", "登录触发器 oa_login"),
    "the login trigger gone": ("DROP EVENT TRIGGER oa_login", "缺少登录触发器 oa_login"),
    "another event trigger": ("CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION oa.at_login()", "多出事件触发器 mine"),
    # owners
    "a table of an officer": ("ALTER TABLE document OWNER TO @120003@", "表 document 的属主"),
    "a function of an officer": ("ALTER FUNCTION oa.me() OWNER TO @120003@", "函数 oa.me() 的属主"),
    "a schema of an officer": ("ALTER SCHEMA public OWNER TO @120003@", "模式 public 的属主"),
    "a view that shows all": ("CREATE VIEW public.peek AS SELECT * FROM document; GRANT SELECT ON public.peek TO @officer@", "多出视图 peek"),
    "a schema beside": ("CREATE SCHEMA back; GRANT USAGE ON SCHEMA back TO PUBLIC", "所有人对模式 back 多出“使用”"),
    # roles
    "a SUPERUSER officer": ("ALTER ROLE @120003@ SUPERUSER", "登录 @120003@ 多了“超级用户”"),
    "a CREATEROLE officer": ("ALTER ROLE @120003@ CREATEROLE", "登录 @120003@ 多了“建角色”"),
    "a BYPASSRLS officer": ("ALTER ROLE @120003@ BYPASSRLS", "登录 @120003@ 多了“绕过行级策略”"),
    "an officer who is the owner": ("GRANT @owner@ TO @120003@", "登录 @120003@ 不应是 @owner@ 的成员"),
    "an officer who reads all": ("GRANT pg_read_all_data TO @120003@", "登录 @120003@ 不应是 pg_read_all_data 的成员"),
    "officers who write files": ("GRANT pg_write_server_files TO @officer@", "@officer@ 不应是 pg_write_server_files 的成员"),
    "a stranger in the group": ("CREATE ROLE @database@_x LOGIN; GRANT @officer@ TO @database@_x", "@database@_x 不应是 @officer@ 的成员"),
    "an owner who logs in": ("ALTER ROLE @owner@ LOGIN", "@owner@ 多了“登录”"),
    "no limit to connections": ("ALTER ROLE @120003@ CONNECTION LIMIT -1", "登录 @120003@ 的连接数上限"),
    "no password": ("ALTER ROLE @120003@ PASSWORD NULL", "登录 @120003@ 没有密码"),
    "a login without account": ("CREATE ROLE @9999999@ LOGIN CONNECTION LIMIT 12 PASSWORD 'x'; GRANT @officer@ TO @9999999@", "没有对应账号的登录：@9999999@"),
    "an account without login": ("DROP ROLE @120003@", "没有数据库登录 @120003@"),
    "an open login of a disabled account": ("UPDATE account SET active = false WHERE login = '120003'", "已停用，登录 @120003@ 却仍然有效"),
    "a login that outlasts its account": ("UPDATE account SET closes_on = current_date + 1 WHERE login = '120003'", "登录 @120003@ 却在那以后仍然有效"),
    # rows and settings
    "a rule changed": ("UPDATE oa.rule_action SET part = '' WHERE part <> ''", "规则表 oa.rule_action"),
    "a rule more": ("INSERT INTO oa.rule_reader VALUES ('create', 'clerk', 'home')", "规则表 oa.rule_reader 多出 1 行：create/clerk/home"),
    "a rule table dropped": ("DROP TABLE oa.rule_consent", "缺少表 oa.rule_consent"),
    "a limit changed": ("UPDATE oa.rule_value SET value = '{\"days\": 9999}' WHERE key = 'share'", "规则表 oa.rule_value 少了 1 行：share"),
    "another one's principals": ("UPDATE oa.login_acl SET principals = principals || 1 WHERE role = '@120003@'", "身份与账号的角色不符：@120003@"),
    "a log read to its end": ("UPDATE oa.log_mark SET place = 1000000000000", "oa.log_mark"),
    "guards off by a setting": ("ALTER ROLE @120003@ SET session_replication_role = replica", "登录 @120003@ 登录后的设置 session_replication_role"),
    "row security off by a setting": ("ALTER DATABASE @database@ SET row_security = off", "所有人登录后的设置 row_security"),
    "another path by a setting": ("ALTER ROLE @officer@ SET search_path = pg_temp", "设置 search_path 被改成 pg_temp"),
}


@pytest.mark.parametrize("name", WEAKENINGS)
def test_a_weakening_is_named(proof, name):
    sql, sign = WEAKENINGS[name]
    if "login trigger" in name and proof.bureau.engine.dialect.server_version_info[0] < 17:
        pytest.skip("login triggers came with PostgreSQL 17")
    found = proof.after(sql)
    for key in ("database", "owner", "keeper", "officer"):
        sign = sign.replace(f"@{key}@", getattr(proof.names, key))
    sign = re.sub("@([0-9]+)@", lambda match: proof.names.login(match[1]), sign)
    assert any(sign in line for line in found), found
    assert len(found) <= FEW, "what is named should be what was done"
    assert all(line.endswith("。") for line in found)


def test_readers_beside_the_list_are_named(proof):
    document = proof.bureau.draft()
    assert proof.after() == []
    found = proof.after("UPDATE document SET readers = readers || 7")
    assert [line for line in found if "可阅范围" in line and str(document) in line]


@pytest.mark.parametrize(("setting", "value"), [
    ("ssl", "off"), ("ssl_min_protocol_version", "TLSv1"), ("password_encryption", "md5"), ("logging_collector", "off"), ("log_destination", "stderr"), ("log_statement", "all"),
    ("row_security", "off"), ("session_replication_role", "replica"), ("event_triggers", "off")])
def test_a_setting_that_weakens_is_named(proof, monkeypatch, setting, value):
    real = settings.settings_of
    monkeypatch.setattr(settings, "settings_of", lambda look: {**real(look), "listen_addresses": "*", "ssl": "on"})
    assert proof.after() == []
    monkeypatch.setattr(settings, "settings_of", lambda look: {**real(look), "listen_addresses": "*", "ssl": "on", setting: value})
    found = proof.after()
    assert len(found) == 1
    assert setting in found[0]
    assert value in found[0]


DOOR = (
    ("local all all trust", "trust"), ("host all all 127.0.0.1/32 password", "password"), ("host all +{officer} 127.0.0.1/32 md5", "md5"), ("host {database} {login} ::1/128 ident", "ident"),
    ("host all all 10.0.0.0/8 scram-sha-256", "10.0.0.0"), ("hostnossl all all all scram-sha-256", "all"), ("host all \"/^{database}\" samenet scram-sha-256", "samenet"), ("host all all bad/99 trust", "读不懂"),
    ("hostssl all all 0.0.0.0/0 scram-sha-256", ""), ("host all all 0.0.0.0/0 reject", ""), ("local all postgres trust", ""), ("local replication all trust", ""), ("local all all peer", ""))


@pytest.mark.parametrize(("line", "sign"), DOOR)
def test_a_line_of_the_door_is_judged(proof, line, sign):
    with proof.bureau.engine.connect() as connection:
        file = Path(connection.scalar(text("SHOW hba_file")))
    before = file.read_text("utf-8")
    try:
        file.write_text(before + line.format(officer=proof.names.officer, database=proof.names.database, login=proof.names.login("120003")) + "\n", "utf-8")
        found = proof.after()
    finally:
        file.write_text(before, "utf-8")
    assert (found == []) if not sign else len(found) == 1 and f"第 {len(before.splitlines()) + 1} 行" in found[0] and sign in found[0], found


@pytest.mark.parametrize("part", [twins.differences, rows.held_differences])
def test_others_work_on_meanwhile(proof, part):
    """No lock on a table of the bureau that keeps anybody from reading or writing it."""
    with transactions.trial(proof.bureau.engine) as session:
        look = Look(session.connection(), proof.names)
        enforcing.run(look.connection, "SET LOCAL search_path = pg_catalog, pg_temp")
        assert part(look) == []
        assert look.rows("SELECT l.relation::regclass, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE l.pid = pg_backend_pid() AND c.oid >= 16384 "
                         "AND c.relnamespace IN ('public'::regnamespace, 'oa'::regnamespace) AND l.mode <> 'AccessShareLock'") == []
        assert look.rows("SELECT 1 FROM pg_locks WHERE pid = pg_backend_pid() AND relation = 'public.account'::regclass")


def test_who_cannot_see_is_told_so(proof):
    """An officer's login sees neither passwords nor the door; that is a finding, no failure."""
    found = setting_up.check(proof.bureau.engine_of("120003"))
    assert sum("看不到" in line for line in found) >= 3
    assert all(line.endswith("。") for line in found)


def test_a_database_without_its_guards_is_told_in_one_sentence(proof):
    found = proof.after("DROP SCHEMA oa CASCADE")
    assert len(found) == 1
    assert "db upgrade" in found[0]


def test_check_finds_it_and_an_upgrade_mends_it(postgres_server):
    with postgres.database(postgres_server) as url:
        bureau = Bureau.make(url)
        assert setting_up.check(bureau.engine) == []
        with bureau.engine.begin() as connection:
            enforcing.run(connection, "DROP POLICY readable ON task; ALTER FUNCTION oa.me() RESET search_path; UPDATE flow_definition SET body = jsonb_set(body::jsonb, '{title}', '\"x\"')::json WHERE key = 'send'")
        assert [re.search("readable|oa.me|流程定义 send", line)[0] for line in setting_up.check(bureau.engine)] == ["oa.me", "readable", "流程定义 send"]
        setting_up.upgrade(bureau.engine)
        assert [re.search("流程定义 send", line)[0] for line in setting_up.check(bureau.engine)] == ["流程定义 send"]
        bureau.close()


def test_a_check_goes_as_far_as_it_can(postgres_server):
    with postgres.database(postgres_server) as url:
        bureau = Bureau.make(url)
        with bureau.engine.begin() as connection:
            enforcing.run(connection, "DROP TABLE search_text; ALTER ROLE " + bureau.engine.url.database + "_120003 BYPASSRLS")
        found = setting_up.check(bureau.engine)
        assert any("绕过行级策略" in line for line in found)
        assert found[-1] == "库里缺少表或列，其余各项没有核对。"
        bureau.close()


def test_a_closed_account_that_is_moved_here_stays_closed(postgres_server, small):
    from oa_client.store.tables import Account
    from oa_client.usecases import moving

    with transactions.unit(small.engine) as session:
        session.query(Account).filter(Account.login == "120003").one().active = False
    with postgres.database(postgres_server) as url:
        target = engines.connect(url)
        moving.move(small.engine, target)
        assert setting_up.check(target) == []
        target.dispose()


KNOWN = (r"CREATE FUNCTION oa\.", r"CREATE (CONSTRAINT )?TRIGGER", r"CREATE POLICY", r"CREATE TABLE oa\.", r"ALTER ROLE @\w+@ [A-Z ]+$", r"GRANT \S+ TO @\w+@( WITH ADMIN OPTION)?$",
         r"(GRANT|REVOKE) [^()]+ ON (DATABASE|SCHEMA|LANGUAGE|FUNCTION) .+ (TO|FROM) [^()]+$", r"ALTER DEFAULT PRIVILEGES FOR ROLE @\w+@ REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC$",
         r"DROP (SCHEMA|EVENT TRIGGER) IF EXISTS ", r"CREATE SCHEMA oa AUTHORIZATION @owner@$", r"INSERT INTO oa\.log_mark")
BLOCKS = 4


def test_every_statement_of_the_files_is_one_that_is_proved(proof):
    """A new kind of statement must be taught to the proof before it goes into the files."""
    unknown = [statement for statement in statements() if not any(re.match(form, statement.sql, re.DOTALL) for form in KNOWN)]
    assert [statement.sql[:3] for statement in unknown] == ["DO "] * BLOCKS, [statement.sql[:80] for statement in unknown]
    counted = {kind: sum(bool(re.match(form, statement.sql)) for statement in statements()) for kind, form in (("pg_proc", KNOWN[0]), ("pg_trigger", KNOWN[1]), ("pg_policy", KNOWN[2]))}
    with proof.bureau.engine.connect() as connection:
        there = {"pg_proc": connection.scalar(text("SELECT count(*) FROM pg_proc WHERE pronamespace = 'oa'::regnamespace")),
                 "pg_trigger": connection.scalar(text("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")), "pg_policy": connection.scalar(text("SELECT count(*) FROM pg_policy"))}
    assert counted == there
    assert {f"oa.{table}" for table in proof.rules} == {match[0] for statement in statements() if (match := re.search(r"oa\.rule_\w+", statement.sql)) and statement.sql.startswith("CREATE TABLE")}
    assert named("@owner@", proof.names) == proof.names.owner
    assert replace(proof.names, database="x").login("1234") == "x_1234"
