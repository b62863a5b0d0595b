-- Locking after failures (连续错误锁定). The server alone sees a wrong password, and only in its log; the log is read here.
-- From PostgreSQL 17 on a login trigger reads it before it lets anybody in; before that, every client's heartbeat does.
CREATE TABLE oa.log_mark (one boolean PRIMARY KEY DEFAULT true CHECK (one), file text NOT NULL DEFAULT '', place bigint NOT NULL DEFAULT 0);
INSERT INTO oa.log_mark DEFAULT VALUES;

CREATE FUNCTION oa.failure(a account, moment timestamptz, host text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE policy jsonb := (SELECT value FROM rule_value WHERE key = 'policy'); until timestamptz;
BEGIN
  INSERT INTO audit_event (stream, at, account_id, login, terminal, action, result, detail) VALUES ('a' || a.id, moment, a.id, a.login, host, 'sign_in_failed', 'refused', '{}');
  UPDATE account SET failed = failed + 1 WHERE id = a.id RETURNING * INTO a;
  IF a.failed >= (policy->>'lock_after')::int THEN
    until := moment + make_interval(mins => (policy->>'lock_minutes')::int);
    UPDATE account SET failed = 0, locked_until = until WHERE id = a.id;
    INSERT INTO audit_event (stream, at, account_id, login, terminal, action, result, detail) VALUES ('a' || a.id, moment, a.id, a.login, host, 'locked', 'refused', '{}');
    IF current_setting('server_version_num')::int < 170000 AND until > now() THEN PERFORM login_until(a.login, now()); END IF;
  END IF;
END $$;
-- reads what the log has to say since the last time; gives how many failures there were, -1 where the server keeps no such log
CREATE FUNCTION oa.sweep() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE file text; m log_mark; line text; c account; n int := 0; whole text;
BEGIN
  IF pg_is_in_recovery() THEN RETURN 0; END IF;
  file := log_file();
  IF file IS NULL THEN RETURN -1; END IF;
  SELECT * INTO m FROM log_mark WHERE log_mark.file <> log_file() OR log_mark.place < log_size(log_mark.file) FOR UPDATE;
  IF m.one IS NULL THEN RETURN 0; END IF;
  IF m.file <> file THEN m.file := file; m.place := CASE m.file WHEN '' THEN log_size(file) ELSE 0 END; END IF;
  whole := log_part(m.file, m.place);
  whole := left(whole, length(whole) - position(E'\n' IN reverse(whole)) + 1);
  UPDATE log_mark SET file = m.file, place = m.place + octet_length(decode(whole, 'escape'));
  FOR line IN SELECT l FROM unnest(string_to_array(whole, E'\n')) l WHERE l LIKE '%"28P01"%' LOOP
    SELECT * INTO c FROM account WHERE role_of(login) = substring(line FROM '"user":"([^"]*)"') AND active FOR UPDATE;
    IF c.id IS NOT NULL AND line ~ '"state_code":"28P01"' THEN
      PERFORM failure(c, substring(line FROM '"timestamp":"([^"]*)"')::timestamptz, coalesce(substring(line FROM '"remote_host":"([^"]*)"'), 'local'));
      n := n + 1;
    END IF;
  END LOOP;
  IF current_setting('server_version_num')::int < 170000 THEN
    FOR c IN SELECT * FROM account WHERE active AND locked_until < now() FOR UPDATE SKIP LOCKED LOOP
      UPDATE account SET locked_until = NULL WHERE id = c.id;
      PERFORM login_until(c.login, end_of(c.closes_on));
    END LOOP;
  END IF;
  RETURN n;
END $$;
-- a login that is locked is not let in, whatever its password; whatever else goes wrong here keeps nobody out
CREATE FUNCTION oa.at_login() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE until timestamptz;
BEGIN
  BEGIN
    PERFORM sweep();
    SELECT locked_until INTO until FROM account WHERE role_of(login) = session_user AND locked_until > now();
  EXCEPTION WHEN OTHERS THEN
    RAISE LOG 'oa: login not checked for failures before it: %', SQLERRM;
  END;
  IF until IS NOT NULL THEN RAISE EXCEPTION 'oa: locked until %', to_char(until AT TIME ZONE interval '8 hours', 'HH24:MI') USING ERRCODE = '28000'; END IF;
END $$;
