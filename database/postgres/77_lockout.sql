-- Locking after failures (连续错误锁定). The server alone sees a wrong password, and only in its log; the log is read here.
-- From PostgreSQL 17 on a login trigger reads it before it lets anybody in; before that, every client's heartbeat does.
CREATE TABLE oa.log_mark (one boolean PRIMARY KEY DEFAULT true CHECK (one), file text NOT NULL DEFAULT '', place bigint NOT NULL DEFAULT 0);
INSERT INTO oa.log_mark DEFAULT VALUES;

-- Nobody may keep others from logging in: while an open transaction holds the account's chain, a failure counts without an event.
CREATE FUNCTION oa.failure(a account, moment timestamptz, host text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE policy jsonb := (SELECT value FROM rule_value WHERE key = 'policy'); until timestamptz; told boolean;
BEGIN
  IF a.locked_until > moment THEN RETURN; END IF;
  told := chain_free(a.id);
  INSERT INTO audit_event (stream, at, account_id, login, terminal, action, result, detail) SELECT 'a' || a.id, moment, a.id, a.login, host, 'sign_in_failed', 'refused', '{}' WHERE told;
  UPDATE account SET failed = failed + 1 WHERE id = a.id RETURNING * INTO a;
  IF a.failed >= (policy->>'lock_after')::int THEN
    until := moment + make_interval(mins => (policy->>'lock_minutes')::int);
    UPDATE account SET failed = 0, locked_until = until WHERE id = a.id;
    INSERT INTO audit_event (stream, at, account_id, login, terminal, action, result, detail) SELECT 'a' || a.id, moment, a.id, a.login, host, 'locked', 'refused', '{}' WHERE told;
    IF current_setting('server_version_num')::int < 170000 AND until > now() THEN PERFORM login_until(a.login, now()); END IF;
  END IF;
END $$;
-- one line of the log; 1 when it tells of a wrong password of an account in use
CREATE FUNCTION oa.failed_login(line text) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE c account;
BEGIN
  SELECT * INTO c FROM account WHERE role_of(login) = substring(line FROM '"user":"([^"]*)"') AND active FOR NO KEY UPDATE SKIP LOCKED;
  IF c.id IS NULL OR line !~ '"state_code":"28P01"' THEN RETURN 0; END IF;
  -- the log's own zone: its abbreviation ("CST") means another one to whoever reads it
  PERFORM failure(c, substring(line FROM '"timestamp":"([0-9: .-]*)')::timestamp AT TIME ZONE current_setting('log_timezone'), coalesce(substring(line FROM '"remote_host":"([^"]*)"'), 'local'));
  RETURN 1;
END $$;
-- before PostgreSQL 17 a lock is a login that has run out; it is given back its own last day
CREATE FUNCTION oa.open_again() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE c account;
BEGIN
  IF current_setting('server_version_num')::int >= 170000 THEN RETURN; END IF;
  FOR c IN SELECT * FROM account WHERE active AND locked_until < now() FOR UPDATE SKIP LOCKED LOOP
    UPDATE account SET locked_until = NULL WHERE id = c.id;
    PERFORM login_until(c.login, end_of(c.closes_on));
  END LOOP;
END $$;
-- reads what the log has to say since the last time; gives how many failures there were, -1 where the server keeps no such log
CREATE FUNCTION oa.read_log() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE file text; m log_mark; line text; n int := 0; part text; last int;
BEGIN
  IF pg_is_in_recovery() THEN RETURN 0; END IF;
  PERFORM open_again();
  file := log_file();
  IF file IS NULL THEN RETURN -1; END IF;
  IF current_setting('server_version_num')::int >= 170000 THEN
    SELECT * INTO m FROM log_mark WHERE log_mark.file <> log_file() OR log_mark.place < log_size(log_mark.file) FOR UPDATE;
  ELSE
    SELECT * INTO m FROM log_mark WHERE log_mark.file <> log_file() OR log_mark.place < log_size(log_mark.file) FOR UPDATE SKIP LOCKED;
  END IF;
  IF m.one IS NULL THEN RETURN 0; END IF;
  FOR i IN 1..100 LOOP  -- to the end, piece by piece: whoever fills the log must not push failures out of sight
    part := log_part(m.file, m.place);
    last := length(part) - position(E'\n' IN reverse(part)) + 1;
    IF last > length(part) AND octet_length(part) < 4000000 THEN part := ''; ELSE part := left(part, last); END IF;
    FOR line IN SELECT l FROM unnest(string_to_array(part, E'\n')) l WHERE l LIKE '%"28P01"%' LOOP n := n + failed_login(line); END LOOP;
    m.place := m.place + octet_length(decode(part, 'escape'));
    IF part = '' AND m.file <> file THEN m.file := file; m.place := 0;  -- a new log file, after what was left of the one before it
    ELSIF part = '' THEN EXIT;
    END IF;
  END LOOP;
  UPDATE log_mark SET file = m.file, place = m.place;
  RETURN n;
END $$;
-- for the clients of servers before 17; later the login trigger alone reads, so that nobody can hold the mark in an open transaction
CREATE FUNCTION oa.sweep() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT CASE WHEN current_setting('server_version_num')::int >= 170000 AND EXISTS (SELECT FROM account WHERE role_of(login) = session_user) THEN 0 ELSE read_log() END $$;
-- refuses whoever is locked; before PostgreSQL 17 the client asks for a sweep and then comes here
CREATE FUNCTION oa.not_locked() RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE until timestamptz := (SELECT locked_until FROM account WHERE role_of(login) = session_user AND locked_until > now());
BEGIN
  IF until IS NOT NULL THEN RAISE EXCEPTION 'oa: locked until %', to_char(until AT TIME ZONE interval '8 hours', 'HH24:MI') USING ERRCODE = '28000'; END IF;
END $$;
-- a login that is locked is not let in, whatever its password; whatever else goes wrong here keeps nobody out
CREATE FUNCTION oa.at_login() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp SET lock_timeout = '10s' AS $$
BEGIN
  -- a session that begins read only, or on a snapshot of its own, would not count what went before it
  IF (current_setting('transaction_read_only') <> 'off' OR current_setting('transaction_isolation') <> 'read committed') AND NOT pg_is_in_recovery()
    AND EXISTS (SELECT FROM account WHERE role_of(login) = session_user) THEN RAISE EXCEPTION 'oa: begin with sessions that may write' USING ERRCODE = '28000'; END IF;
  BEGIN
    PERFORM read_log();
  EXCEPTION WHEN OTHERS THEN
    RAISE LOG 'oa: login not checked for failures before it: %', SQLERRM;
  END;
  PERFORM not_locked();
END $$;
