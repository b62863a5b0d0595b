-- Accounts: made, changed and closed within one's scope. Passwords come as SCRAM verifiers.
-- a unit's administrator keeps the accounts of the unit, that of the office those of the bureau itself as well
CREATE FUNCTION oa.administers(m int, unit int) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT has_role(m, 'unit_admin', unit) OR EXISTS (SELECT FROM unit u JOIN unit office ON office.parent_id = u.id AND office.kind = 'office'
   WHERE u.id = administers.unit AND u.parent_id IS NULL AND has_role(m, 'unit_admin', office.id)) $$;
CREATE FUNCTION oa.may_administer(unit int, target int) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := me();
BEGIN
  IF m IS NULL OR unit IS NULL THEN RETURN 'no account that may act, or none to act on'; END IF;
  IF target = m THEN RETURN 'not one''s own account'; END IF;
  IF target IS NOT NULL AND is_guardian(target) THEN RETURN 'not a guardian''s account'; END IF;
  IF has_role(m, 'sys_admin', NULL) THEN RETURN CASE WHEN target IS NULL OR has_role(target, 'unit_admin', NULL) THEN '' ELSE 'unit administrators alone' END; END IF;
  IF administers(m, unit) THEN RETURN CASE WHEN target IS NOT NULL AND has_role(target, 'unit_admin', NULL) THEN 'not another administrator''s account' ELSE '' END; END IF;
  RETURN 'not your unit';
END $$;
-- an account's row, held until the end; who keeps it held from a session of its own (an open transaction) is cut off instead of waited for
CREATE FUNCTION oa.hold_account(a int) RETURNS account LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp SET lock_timeout = '1s' AS $$
DECLARE c account;
BEGIN
  FOR i IN 1..5 LOOP
    BEGIN
      SELECT * INTO c FROM account WHERE id = a FOR NO KEY UPDATE;
      RETURN c;
    EXCEPTION WHEN lock_not_available THEN
      IF i = 5 THEN RAISE; END IF;
      PERFORM login_cut((SELECT login FROM account WHERE id = a));
    END;
  END LOOP;
END $$;
CREATE FUNCTION oa.account_open(a int, seen int) RETURNS account LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE c account; why text;
BEGIN
  PERFORM actor();
  FOR held IN 0..1 LOOP  -- judged before it is held, and again as it stands then
    IF held = 0 THEN SELECT * INTO c FROM account WHERE id = a; ELSE c := hold_account(a); END IF;
    IF c.id IS NULL THEN PERFORM refuse('not your unit'); END IF;
    why := may_administer(c.unit_id, c.id);
    IF why <> '' THEN PERFORM refuse(why); END IF;
  END LOOP;
  IF c.version <> seen THEN RAISE EXCEPTION 'the account was changed meanwhile' USING ERRCODE = '40001'; END IF;
  UPDATE account SET version = version + 1 WHERE id = a;
  RETURN c;
END $$;
CREATE FUNCTION oa.who(c account) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$ SELECT jsonb_build_object('login', c.login, 'name', c.name) $$;
CREATE FUNCTION oa.end_of(day date) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$ SELECT (day + 1)::timestamp AT TIME ZONE interval '8 hours' $$;

-- those from whom a leading role was taken lately: otherwise an administrator takes it first, and then asks nobody for the password
CREATE FUNCTION oa.led_lately() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT DISTINCT substr(e.stream, 2)::int FROM audit_event e WHERE e.action IN ('account_edit', 'account_move') AND strpos(e.detail, '"led": true') > 0
    AND e.at > now() - make_interval(days => (SELECT (value->>'led_days')::int FROM rule_value WHERE key = 'consent')) $$;
CREATE FUNCTION oa.needs_consent(a int) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT has_role(a, 'leader', NULL) OR a IN (SELECT led_lately()) $$;
-- roles come as "role:unit"; a unit's administrator gives those of the own unit, the office's also those of the bureau
CREATE FUNCTION oa.may_grant(roles text[], home int) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT roles = '{}' OR NOT has_role(me(), 'sys_admin', NULL) AND NOT EXISTS (SELECT FROM unnest(roles) w WHERE w !~ '^[a-z_]+:[0-9]{1,9}$' OR NOT EXISTS (SELECT FROM rule_role r WHERE r.role = split_part(w, ':', 1) AND r.by_unit)
    OR NOT (split_part(w, ':', 2)::int = home OR EXISTS (SELECT FROM unit u JOIN unit top ON top.id = u.parent_id WHERE u.id = home AND u.kind = 'office' AND top.parent_id IS NULL AND top.id = split_part(w, ':', 2)::int))) $$;
CREATE FUNCTION oa.account_create(login text, name text, unit int, post text, keys text, roles text[], closes date, verifier text) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE i int; why text := may_administer(unit, NULL);
BEGIN
  PERFORM actor();
  IF why <> '' THEN PERFORM refuse(why); END IF;
  IF NOT EXISTS (SELECT FROM unit u WHERE u.id = account_create.unit) THEN PERFORM refuse('no such unit'); END IF;
  IF NOT may_grant(roles, unit) THEN PERFORM refuse('no role of this kind is given so'); END IF;
  IF login !~ '^[0-9]{4,8}$' OR NOT legible(name, '') OR closes < today() THEN RAISE EXCEPTION 'not an account' USING ERRCODE = '22023'; END IF;
  INSERT INTO account (login, name, unit_id, post, keys, password_hash, active, must_change, failed, version, created_at, closes_on)
    VALUES (login, name, unit, post, keys, '', true, true, 0, 1, now(), closes) RETURNING account.id INTO i;
  INSERT INTO role_grant (account_id, role, unit_id) SELECT i, split_part(r, ':', 1), split_part(r, ':', 2)::int FROM unnest(roles) r;
  PERFORM login_make(login, verifier);
  IF closes IS NOT NULL THEN PERFORM login_until(login, end_of(closes)); END IF;
  PERFORM note('a' || i, 'account_create', jsonb_build_object('login', login, 'name', name, 'unit', unit, 'roles', roles)::text);
  RETURN i;
END $$;
CREATE FUNCTION oa.account_active(a int, yes boolean, seen int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE c account := account_open(a, seen);
BEGIN
  IF yes AND c.closes_on < today() THEN PERFORM refuse('the account has run out'); END IF;
  IF NOT yes THEN PERFORM login_cut(c.login); END IF;
  PERFORM login_until(c.login, CASE WHEN NOT yes THEN '2000-01-01'::timestamptz WHEN c.closes_on IS NOT NULL THEN end_of(c.closes_on) END);
  UPDATE account SET active = yes, failed = 0, locked_until = NULL WHERE id = a;
  IF NOT yes THEN PERFORM login_cut(c.login); END IF;
  PERFORM note('a' || a, CASE WHEN yes THEN 'account_enable' ELSE 'account_disable' END, who(c)::text);
END $$;
CREATE FUNCTION oa.account_reset(a int, verifier text, seen int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE c account := account_open(a, seen); agreed bigint; hours int := (SELECT (value->>'hours')::int FROM rule_value WHERE key = 'consent');
BEGIN
  IF needs_consent(a) THEN  -- a leader's password: somebody else must have agreed, lately and for this one time
    UPDATE consent SET used_at = now() WHERE id = (SELECT id FROM consent WHERE kind = 'reset' AND account_id = a AND asked_by = me() AND decision = 'agreed' AND used_at IS NULL
      AND decided_at > now() - make_interval(hours => hours) ORDER BY id LIMIT 1 FOR UPDATE) RETURNING id INTO agreed;
    IF agreed IS NULL THEN PERFORM refuse('a leader''s password needs a second person''s consent'); END IF;
  END IF;
  PERFORM login_cut(c.login);
  UPDATE account SET must_change = true, failed = 0, locked_until = NULL WHERE id = a;
  PERFORM login_password(c.login, verifier);
  IF c.active THEN PERFORM login_until(c.login, end_of(c.closes_on)); END IF;
  PERFORM note('a' || a, 'account_reset', who(c)::text);
END $$;
CREATE FUNCTION oa.account_move(a int, unit int, seen int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE c account := account_open(a, seen); led boolean := has_role(a, 'leader', NULL);
BEGIN
  IF has_role(a, 'unit_admin', NULL) THEN PERFORM refuse('dismissed first, with a second person''s consent'); END IF;
  DELETE FROM role_grant WHERE account_id = a;
  UPDATE account SET unit_id = unit WHERE id = a;
  PERFORM note('a' || a, 'account_move', (who(c) || jsonb_build_object('unit', (SELECT short FROM unit u WHERE u.id = account_move.unit), 'led', led))::text);
END $$;
CREATE FUNCTION oa.account_edit(a int, name text, post text, keys text, roles text[], closes date, seen int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE c account := account_open(a, seen); held text[] := ARRAY(SELECT g.role || ':' || g.unit_id FROM role_grant g WHERE g.account_id = a AND g.role <> 'unit_admin' ORDER BY 1); parts text[]; led boolean := has_role(a, 'leader', NULL);
BEGIN
  roles := ARRAY(SELECT DISTINCT unnest(roles) ORDER BY 1);
  IF NOT may_grant(ARRAY(SELECT unnest(roles) EXCEPT SELECT unnest(held)), c.unit_id) OR NOT legible(name, '') OR closes < today() THEN PERFORM refuse('not an account'); END IF;
  parts := array_remove(ARRAY[CASE WHEN c.name <> account_edit.name THEN '姓名' END, CASE WHEN c.post <> account_edit.post THEN '职务' END,
    CASE WHEN roles <> held THEN '角色' END, CASE WHEN c.closes_on IS DISTINCT FROM closes THEN '有效期' END], NULL);
  UPDATE account x SET name = account_edit.name, post = account_edit.post, keys = account_edit.keys, closes_on = closes WHERE x.id = a;
  DELETE FROM role_grant g WHERE g.account_id = a AND g.role <> 'unit_admin' AND NOT g.role || ':' || g.unit_id = ANY (roles);
  INSERT INTO role_grant (account_id, role, unit_id) SELECT a, split_part(r, ':', 1), split_part(r, ':', 2)::int FROM unnest(roles) r ON CONFLICT DO NOTHING;
  IF c.active THEN PERFORM login_until(c.login, end_of(closes)); END IF;
  PERFORM note('a' || a, 'account_edit', (who(c) || jsonb_build_object('parts', parts, 'roles', roles, 'led', led AND NOT has_role(a, 'leader', NULL)))::text);
END $$;

-- 双人复核: one asks, another decides
CREATE FUNCTION oa.consent_ask(what text, a int, unit int, why text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); c account; i bigint;
BEGIN
  SELECT * INTO c FROM account WHERE id = a;
  IF c.id IS NULL OR a = m OR is_guardian(a) THEN PERFORM refuse('nothing to ask for'); END IF;
  IF what = 'reset' THEN
    IF may_administer(c.unit_id, a) <> '' OR NOT needs_consent(a) THEN PERFORM refuse('not your unit'); END IF;
    unit := c.unit_id;
  ELSIF what IN ('appoint', 'dismiss') THEN
    IF NOT has_role(m, 'sys_admin', NULL) OR has_role(a, 'unit_admin', unit) <> (what = 'dismiss') OR what = 'appoint' AND (c.unit_id <> unit OR NOT c.active) THEN PERFORM refuse('not yours to ask for'); END IF;
  ELSE PERFORM refuse('nothing to ask for');
  END IF;
  PERFORM hold_account(a);
  IF EXISTS (SELECT FROM consent WHERE kind = what AND account_id = a AND decision = '') THEN PERFORM refuse('asked for already'); END IF;
  INSERT INTO consent (kind, account_id, unit_id, reason, asked_by, asked_at, decision) VALUES (what, a, unit, why, m, now(), '') RETURNING id INTO i;
  PERFORM note('a' || a, 'consent_ask', (who(c) || jsonb_build_object('kind', what, 'reason', why))::text);
  PERFORM pg_notify('oa_all', '');
  RETURN i;
END $$;
CREATE FUNCTION oa.consent_decide(i bigint, answer text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); q consent; c account; other record;
BEGIN
  SELECT * INTO q FROM consent WHERE id = i FOR UPDATE;
  IF q.id IS NULL OR q.decision <> '' THEN RAISE EXCEPTION 'decided already' USING ERRCODE = '40001'; END IF;
  IF answer = 'taken_back' THEN
    IF q.asked_by <> m THEN PERFORM refuse('not yours to take back'); END IF;
  ELSIF answer NOT IN ('agreed', 'refused') OR q.asked_by = m OR q.account_id = m OR NOT EXISTS (SELECT FROM rule_consent r WHERE r.kind = q.kind AND has_role(m, r.role, NULL)) THEN
    PERFORM refuse('somebody else decides');
  END IF;
  c := hold_account(q.account_id);
  UPDATE consent SET decision = answer, decided_by = m, decided_at = now() WHERE id = i;
  PERFORM note('a' || q.account_id, 'consent_' || answer, (who(c) || jsonb_build_object('kind', q.kind))::text);
  IF answer = 'agreed' AND q.kind IN ('appoint', 'dismiss') THEN
    IF q.kind = 'appoint' AND NOT (c.active AND c.unit_id = q.unit_id) THEN PERFORM refuse('the account is closed or elsewhere'); END IF;
    -- a unit has one administrator: the new one takes the place of the old one
    FOR other IN SELECT x.* FROM account x JOIN role_grant g ON g.account_id = x.id WHERE g.role = 'unit_admin' AND g.unit_id = q.unit_id AND (q.kind = 'appoint') = (x.id <> q.account_id) LOOP
      PERFORM hold_account(other.id);
      DELETE FROM role_grant WHERE account_id = other.id AND role = 'unit_admin' AND unit_id = q.unit_id;
      PERFORM note('a' || other.id, 'dismissed', jsonb_build_object('login', other.login, 'name', other.name, 'unit', (SELECT short FROM unit WHERE id = q.unit_id))::text);
    END LOOP;
    IF q.kind = 'appoint' THEN
      INSERT INTO role_grant (account_id, role, unit_id) VALUES (q.account_id, 'unit_admin', q.unit_id) ON CONFLICT DO NOTHING;
      PERFORM note('a' || q.account_id, 'appointed', (who(c) || jsonb_build_object('unit', (SELECT short FROM unit WHERE id = q.unit_id)))::text);
    END IF;
    UPDATE consent SET used_at = now() WHERE id = i;
  END IF;
  PERFORM pg_notify('oa_all', '');
END $$;

-- one's own password: the verifier, and the new password under the salts of the old ones, so that none comes again
CREATE FUNCTION oa.my_verifiers() RETURNS TABLE (n int, rounds int, salt text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT row_number() OVER (ORDER BY h.id DESC)::int, split_part(split_part(h.hash, '$', 2), ':', 1)::int, split_part(split_part(h.hash, '$', 2), ':', 2)
    FROM password_history h JOIN account c ON c.id = h.account_id WHERE role_of(c.login) = session_user ORDER BY h.id DESC LIMIT (SELECT (value->>'history')::int FROM rule_value WHERE key = 'policy') $$;
CREATE FUNCTION oa.used_before(again text[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT EXISTS (SELECT FROM password_history h JOIN account c ON c.id = h.account_id WHERE role_of(c.login) = session_user AND h.hash = ANY (again)) $$;
CREATE FUNCTION oa.change_my_password(verifier text, again text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE c account; kept int := (SELECT (value->>'history')::int FROM rule_value WHERE key = 'policy');
BEGIN
  SELECT * INTO c FROM account WHERE role_of(login) = session_user FOR NO KEY UPDATE;
  IF c.id IS NULL OR NOT c.active THEN PERFORM refuse('no account'); END IF;
  IF EXISTS (SELECT FROM password_history WHERE account_id = c.id AND hash = ANY (again)) THEN RAISE EXCEPTION 'a password of before' USING ERRCODE = '22023'; END IF;
  PERFORM login_password(c.login, verifier);
  INSERT INTO password_history (account_id, hash, at) VALUES (c.id, verifier, now());
  DELETE FROM password_history WHERE account_id = c.id AND id NOT IN (SELECT id FROM password_history WHERE account_id = c.id ORDER BY id DESC LIMIT greatest(kept, 1));
  UPDATE account SET must_change = false, password_at = now(), version = version + 1 WHERE id = c.id;
  PERFORM note('a' || c.id, 'password', '{}');
END $$;
-- the client's first word in a session: an expired password must be changed, an account past its day is closed
CREATE FUNCTION oa.enter() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE c account; days int := coalesce((SELECT (value->>'expire_days')::int FROM rule_value WHERE key = 'policy'), 0);
BEGIN
  SELECT * INTO c FROM account WHERE role_of(login) = session_user FOR NO KEY UPDATE;
  IF c.id IS NULL THEN PERFORM refuse('no account'); END IF;
  PERFORM not_locked();
  IF days > 0 AND NOT c.must_change AND c.password_at < now() - make_interval(days => days) THEN UPDATE account SET must_change = true WHERE id = c.id; END IF;
  UPDATE account SET failed = 0, locked_until = NULL WHERE id = c.id AND (failed <> 0 OR locked_until IS NOT NULL);
  IF chain_free(c.id) THEN PERFORM note('a' || c.id, 'sign_in', '{}'); END IF;
END $$;
-- a locked window was opened with the password on a fresh connection: what went wrong before is forgotten, as at a login
CREATE FUNCTION oa.unlocked() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := (SELECT id FROM account WHERE role_of(login) = session_user);
BEGIN
  IF m IS NULL THEN PERFORM refuse('no account'); END IF;
  PERFORM not_locked();
  UPDATE account SET failed = 0, locked_until = NULL WHERE id = m AND (failed <> 0 OR locked_until IS NOT NULL);
  IF chain_free(m) THEN PERFORM note('a' || m, 'unlock', '{}'); END IF;
END $$;
-- accounts whose last day is over are closed for good; whoever comes first in the day does it
CREATE FUNCTION oa.close_expired() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE c account; n int := 0;
BEGIN
  FOR c IN SELECT * FROM account WHERE active AND closes_on < today() ORDER BY id FOR NO KEY UPDATE SKIP LOCKED LOOP
    PERFORM login_cut(c.login);
    PERFORM login_until(c.login, '2000-01-01');
    UPDATE account SET active = false, version = version + 1 WHERE id = c.id;
    PERFORM note('a' || c.id, 'account_disable', (who(c) || jsonb_build_object('closed', c.closes_on))::text);
    n := n + 1;
  END LOOP;
  RETURN n;
END $$;

CREATE FUNCTION oa.policy_set(fresh jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE old jsonb := (SELECT value FROM rule_value WHERE key = 'policy'); bounds jsonb := (SELECT value FROM rule_value WHERE key = 'bounds'); parts text[];
BEGIN
  IF NOT has_role(actor(), 'sec_admin', NULL) THEN PERFORM refuse('the policy is the security administrator''s'); END IF;
  IF EXISTS (SELECT FROM jsonb_each(fresh) e WHERE NOT bounds ? e.key OR CASE WHEN e.value::text ~ '^[0-9]{1,5}$' THEN e.value::text::int NOT BETWEEN (bounds->e.key->>0)::int AND (bounds->e.key->>1)::int ELSE true END)
  THEN PERFORM refuse('not a policy'); END IF;
  parts := ARRAY(SELECT e.key FROM jsonb_each(fresh) e WHERE old->e.key IS DISTINCT FROM e.value ORDER BY 1);
  UPDATE rule_value SET value = old || fresh WHERE key = 'policy';
  INSERT INTO fact (key, value) VALUES ('policy', fresh::json) ON CONFLICT (key) DO UPDATE SET value = fact.value::jsonb || fresh;
  PERFORM acl_sync(id) FROM account;  -- a shorter life of passwords holds for open sessions as well
  PERFORM note('s', 'policy', jsonb_build_object('parts', parts, 'values', fresh)::text);
END $$;
-- a unit with its leading posts, each "role:title"
CREATE FUNCTION oa.unit_save(i int, parent int, key text, code text, name text, short text, kind text, codes text, place int, posts text[]) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  IF NOT has_role(actor(), 'sys_admin', NULL) OR i <> 0 AND NOT EXISTS (SELECT FROM unit u WHERE u.id = i) THEN PERFORM refuse('units are the system administrators'''); END IF;
  -- the office's administrator keeps the bureau's own accounts, leaders among them: nobody becomes that by a unit's form
  IF NOT EXISTS (SELECT FROM unit u WHERE u.id = i AND u.parent_id IS NULL) AND (kind NOT IN ('office', 'division', 'branch')
      OR kind = 'office' AND EXISTS (SELECT FROM unit u WHERE u.kind = 'office' AND u.id <> i) OR kind <> 'office' AND EXISTS (SELECT FROM unit u WHERE u.kind = 'office' AND u.id = i))
    OR i = 0 AND NOT EXISTS (SELECT FROM unit u WHERE u.id = parent AND u.parent_id IS NULL) THEN PERFORM refuse('one bureau with one office'); END IF;
  IF EXISTS (SELECT FROM unit u WHERE u.id <> i AND (u.name = unit_save.name OR u.short = unit_save.short OR string_to_array(u.number_codes, ' ') && string_to_array(nullif(codes, ''), ' ')))
  THEN PERFORM refuse('a name or a code of another unit'); END IF;
  IF i = 0 THEN
    INSERT INTO unit (parent_id, key, code, name, short, kind, number_codes, position) VALUES (parent, key, code, name, short, kind, codes, place) RETURNING id INTO i;
    PERFORM note('s', 'unit_create', jsonb_build_object('unit', name)::text);
  ELSE
    UPDATE unit u SET code = unit_save.code, name = unit_save.name, short = unit_save.short, kind = CASE WHEN u.parent_id IS NULL THEN u.kind ELSE unit_save.kind END, number_codes = codes, position = place WHERE u.id = i;
    PERFORM note('s', 'unit_edit', jsonb_build_object('unit', name)::text);
  END IF;
  DELETE FROM post WHERE unit_id = i;
  INSERT INTO post (unit_id, role, title, position) SELECT i, split_part(p, ':', 1), substr(p, position(':' IN p) + 1), n FROM unnest(posts) WITH ORDINALITY AS x(p, n);
  PERFORM pg_notify('oa_all', '');
  RETURN i;
END $$;
-- the bureau's number in the archive (全宗号), the organs directly above it and all of those that rank above it
CREATE FUNCTION oa.bureau_save(fonds text, direct text[], superiors text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE old jsonb; fresh jsonb := jsonb_build_object('fonds', fonds, 'direct_superiors', direct, 'superiors', superiors); parts text[];
BEGIN
  IF NOT has_role(actor(), 'sys_admin', NULL) THEN PERFORM refuse('units are the system administrators'''); END IF;
  IF (fonds ~ '^[A-Z0-9]{4}$' AND direct <@ superiors AND cardinality(superiors) <= 100
    AND NOT EXISTS (SELECT FROM unnest(superiors) s WHERE s IS NULL OR length(s) > 300 OR NOT legible(s, ''))) IS NOT TRUE THEN PERFORM refuse('not a bureau'); END IF;
  SELECT value::jsonb INTO old FROM fact WHERE key = 'bureau' FOR UPDATE;
  parts := array_remove(ARRAY[CASE WHEN old->'fonds' IS DISTINCT FROM fresh->'fonds' THEN '全宗号' END, CASE WHEN old - 'fonds' IS DISTINCT FROM fresh - 'fonds' THEN '上级机关' END], NULL);
  UPDATE fact SET value = (old || fresh)::json WHERE key = 'bureau';
  PERFORM note('s', 'unit_edit', jsonb_build_object('unit', (SELECT u.name FROM unit u WHERE u.parent_id IS NULL), 'parts', parts)::text);
END $$;
-- how many to-dos lie with an account, for its administrator; not which
CREATE FUNCTION oa.open_items(a int) RETURNS int LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  IF may_administer((SELECT unit_id FROM account WHERE id = a), a) <> '' THEN PERFORM refuse('not your unit'); END IF;
  RETURN (SELECT count(*) FROM task WHERE state = 'open' AND holder = 'person:' || a);
END $$;
