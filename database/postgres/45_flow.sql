-- The flow: every to-do opened, closed and cancelled is judged by the rules, at once and again when the transaction ends.

-- what an act of mine leads to in a document: the step that may be opened by it
CREATE FUNCTION oa.passed(d bigint, s text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT EXISTS (SELECT FROM task WHERE document_id = d AND step = s AND state = 'done') $$;
-- who acted last at a step (the lead, where several did)
CREATE FUNCTION oa.last_at(d bigint, s text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT 'person:' || actor_id FROM task WHERE document_id = d AND step = s AND state = 'done' ORDER BY part NOT IN ('lead', 'sole'), id DESC LIMIT 1 $$;
-- whether somebody who was chosen for a step has left, so that another must be chosen
CREATE FUNCTION oa.seat_gone(d bigint, flow int, wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT s.seat LIKE 'memo:%' AND NOT coalesce((SELECT bool_and(c.active) FROM document x, jsonb_array_elements_text(x.memo::jsonb->split_part(s.seat, ':', 2)) w
      LEFT JOIN account c ON 'person:' || c.id = w WHERE x.id = d), false)
    FROM rule_step s WHERE (s.flow_id, s.step) = (flow, wanted) $$;
CREATE FUNCTION oa.leads_to(t task, a oa.rule_action, wanted text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE s rule_step;
BEGIN
  IF a.transfer OR a.ends <> '' THEN RETURN false; END IF;
  SELECT * INTO s FROM rule_step WHERE flow_id = a.flow_id AND step = a.step;
  IF EXISTS (SELECT FROM rule_return r WHERE (r.flow_id, r.step, r.action) = (a.flow_id, a.step, a.action)) THEN
    RETURN passed(t.document_id, wanted) AND EXISTS (SELECT FROM rule_return r WHERE (r.flow_id, r.step, r.action, r.target) = (a.flow_id, a.step, a.action, wanted));
  END IF;
  IF s.join_to IS NOT NULL THEN
    RETURN CASE WHEN EXISTS (SELECT FROM task WHERE group_id = t.group_id AND state = 'done' AND action = s.join_unless) THEN wanted = s.join_else
      ELSE wanted = s.join_to OR wanted = s.join_else AND seat_gone(t.document_id, s.flow_id, s.join_to) END;
  END IF;
  RETURN wanted = a.leads_to;
END $$;

-- whether somebody may be chosen for a pick of an action
CREATE FUNCTION oa.pick_fits(d bigint, p oa.rule_pick, who text, held text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE kind text := split_part(who, ':', 1); n int; organ int := (SELECT organ_id FROM document WHERE id = d); c account; wanted text;
BEGIN
  IF who !~ '^[a-z_]+:[1-9][0-9]{0,8}$' THEN RETURN false; END IF;
  n := split_part(who, ':', 2)::int;
  IF p.other AND (n = me() AND kind = 'person' OR who = held) THEN RETURN false; END IF;
  IF kind = 'person' THEN
    SELECT * INTO c FROM account WHERE id = n;
    IF c.id IS NULL OR NOT c.active OR is_guardian(n) OR p.kind = 'unit' THEN RETURN false; END IF;
    IF p.within = 'unit' AND c.unit_id <> (SELECT unit_id FROM account WHERE id = me()) THEN RETURN false; END IF;
    wanted := CASE WHEN p.role = 'signer' THEN CASE WHEN is_upward(d) THEN 'chief' ELSE 'leader' END ELSE p.role END;
    RETURN wanted = '' OR has_role(n, wanted, CASE WHEN p.within = 'organ' THEN organ END);
  END IF;
  RETURN kind = p.unit_role AND p.kind IN ('unit', 'both') AND EXISTS (SELECT FROM account x WHERE x.active AND has_role(x.id, p.unit_role, n));
END $$;
-- what may be remembered of a choice: only what the act asks for and keeps
CREATE FUNCTION oa.memo_fits(d bigint, t task, key text, chosen jsonb) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE p rule_pick; flow int := (SELECT flow_id FROM document WHERE id = d);
BEGIN
  SELECT * INTO p FROM rule_pick WHERE (flow_id, step, action, pick) = (flow, t.step, t.action, key) AND keep;
  IF p.pick IS NULL OR jsonb_typeof(chosen) <> 'array' OR NOT jsonb_array_length(chosen) BETWEEN p.least AND p.most THEN RETURN false; END IF;
  RETURN NOT EXISTS (SELECT FROM jsonb_array_elements_text(chosen) w WHERE NOT pick_fits(d, p, w, t.holder));
END $$;

CREATE FUNCTION oa.acted_in(g bigint) RETURNS TABLE (done task, rule oa.rule_action) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT x.done, x.rule FROM task_group y CROSS JOIN LATERAL acted(y.document_id) x WHERE y.id = g AND (x.done).group_id = g ORDER BY (x.done).id DESC LIMIT 1 $$;
-- a group that I opened and that nobody has touched (撤回)
CREATE FUNCTION oa.may_withdraw(g task_group) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT EXISTS (SELECT FROM task t JOIN document x ON x.id = t.document_id AND x.state = 'running' JOIN rule_action a ON (a.flow_id, a.step, a.action) = (x.flow_id, t.step, t.action)
      JOIN rule_step s ON (s.flow_id, s.step) = (x.flow_id, t.step)
    WHERE t.id = g.opened_by_task AND t.document_id = g.document_id AND t.actor_id = me() AND s.mode = 'one' AND NOT a.final AND t.action <> 'register')
    AND NOT EXISTS (SELECT FROM task t WHERE t.group_id = g.id AND (t.state = 'done' OR t.seen_at IS NOT NULL)) $$;

CREATE FUNCTION oa.group_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); x document; f rule_flow; act record;
BEGIN
  SELECT * INTO x FROM document WHERE id = NEW.document_id;
  SELECT * INTO f FROM rule_flow WHERE flow_id = x.flow_id;
  NEW.opened_at := now();
  IF NOT (x.readers && mine()) IS TRUE THEN PERFORM refuse('no such document'); END IF;  -- before anything that would tell of it
  IF x.state <> 'running' THEN PERFORM refuse('the document has ended'); END IF;
  IF NEW.closed_at IS NOT NULL THEN  -- the steps that registering passes: 签收、登记
    IF NOT (made_now(x.id) AND x.kind = 'receive' AND NEW.pending = 0 AND (SELECT place FROM rule_step WHERE flow_id = x.flow_id AND step = NEW.step)
      < (SELECT place FROM rule_step WHERE flow_id = x.flow_id AND step = f.start)) IS TRUE THEN PERFORM refuse('no step is passed by hand'); END IF;
    NEW.closed_at := now();
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT FROM task_group WHERE document_id = x.id AND closed_at IS NULL) THEN PERFORM refuse('a step is open already'); END IF;
  IF NEW.opened_by_task IS NULL THEN
    IF made_now(x.id) AND x.kind = 'send' AND NEW.step = f.start AND NOT EXISTS (SELECT FROM task_group WHERE document_id = x.id) THEN RETURN NEW; END IF;
    IF withdrawn_to(x.id) = NEW.step THEN RETURN NEW; END IF;
    PERFORM refuse('nothing opens this step');
  END IF;
  SELECT * INTO act FROM acted(x.id) y WHERE (y.done).id = NEW.opened_by_task;
  IF act.done IS NULL OR NOT leads_to(act.done, act.rule, NEW.step) THEN PERFORM refuse('this act does not lead there'); END IF;
  RETURN NEW;
END $$;
-- the step to which I took a document back in this transaction
CREATE FUNCTION oa.withdrawn_to(d bigint) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT t.step FROM task_group g JOIN task t ON t.id = g.opened_by_task WHERE g.document_id = d AND g.closed_at = now() AND g.xmin = pg_current_xact_id()::xid AND may_withdraw(g)
    AND NOT EXISTS (SELECT FROM acted_in(g.id)) ORDER BY g.id DESC LIMIT 1 $$;

CREATE FUNCTION oa.group_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE act record;
BEGIN
  PERFORM actor();
  IF OLD.closed_at IS NOT NULL OR (NEW.id, NEW.document_id, NEW.step, NEW.opened_by_task, NEW.opened_at) IS DISTINCT FROM (OLD.id, OLD.document_id, OLD.step, OLD.opened_by_task, OLD.opened_at)
  THEN PERFORM refuse('what was opened stays as it is'); END IF;
  SELECT * INTO act FROM acted_in(OLD.id);
  IF act.done IS NULL AND NOT may_withdraw(OLD) THEN PERFORM refuse('nothing of yours happened here'); END IF;
  IF NEW.closed_at IS NULL AND NOT ((act.rule).counts AND NEW.pending = OLD.pending - 1) IS TRUE THEN PERFORM refuse('answers are counted one by one'); END IF;
  IF NEW.closed_at IS NOT NULL THEN
    IF NEW.pending <> 0 THEN PERFORM refuse('a closed step waits for nobody'); END IF;
    NEW.closed_at := now();
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION oa.task_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); x document; g task_group; s rule_step; act record;
BEGIN
  SELECT * INTO x FROM document WHERE id = NEW.document_id;
  SELECT * INTO g FROM task_group WHERE id = NEW.group_id;
  SELECT * INTO s FROM rule_step WHERE flow_id = x.flow_id AND step = g.step;
  IF NOT (x.readers && mine()) IS TRUE THEN PERFORM refuse('no such document'); END IF;
  IF g.document_id IS DISTINCT FROM NEW.document_id OR g.step IS DISTINCT FROM NEW.step THEN PERFORM refuse('a to-do belongs to its step'); END IF;
  NEW.created_at := now(); NEW.version := 1; NEW.urged := 0; NEW.box := s.box;
  IF NEW.state = 'done' THEN
    IF NOT (g.closed_at = now() AND made_now(x.id) AND NEW.holder = 'clerk:' || x.organ_id AND NEW.part = 'sole'
      AND EXISTS (SELECT FROM rule_action a WHERE (a.flow_id, a.step, a.action) = (x.flow_id, NEW.step, NEW.action) AND a.leads_to <> '')) IS TRUE THEN PERFORM refuse('nothing is done beforehand'); END IF;
    NEW.actor_id := m; NEW.from_id := NULL; NEW.seen_at := now(); NEW.done_at := now();
    RETURN NEW;
  END IF;
  IF NEW.state <> 'open' OR g.closed_at IS NOT NULL THEN PERFORM refuse('a new to-do is open'); END IF;
  NEW.action := ''; NEW.actor_id := NULL; NEW.from_id := m; NEW.seen_at := NULL; NEW.done_at := NULL;
  IF EXISTS (SELECT FROM task WHERE group_id = g.id AND state = 'open' AND holder = NEW.holder) THEN PERFORM refuse('one seat in a step for each'); END IF;
  IF g.opened_at = now() AND g.xmin = pg_current_xact_id()::xid THEN
    IF NOT seat_fits(x, g, NEW.holder, NEW.part) IS TRUE THEN PERFORM refuse('this seat is not for ' || NEW.holder); END IF;
    NEW.due_on := x.due_on;
    RETURN NEW;
  END IF;
  SELECT * INTO act FROM acted_in(g.id);  -- 转办: the same seat goes to another
  IF NOT ((act.rule).transfer AND NEW.part = (act.done).part AND NOT EXISTS (SELECT FROM task WHERE group_id = g.id AND from_id = m AND created_at = now() AND state = 'open')
    AND EXISTS (SELECT FROM rule_pick p WHERE (p.flow_id, p.step, p.action) = (x.flow_id, g.step, (act.rule).action) AND pick_fits(x.id, p, NEW.holder, (act.done).holder))) IS TRUE
  THEN PERFORM refuse('nobody is added to an open step'); END IF;
  NEW.due_on := (act.done).due_on;
  RETURN NEW;
END $$;
-- who may sit in a step that is being opened
CREATE FUNCTION oa.seat_fits(x document, g task_group, who text, part text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE s rule_step; act record; a rule_action; t task; pooled boolean;
BEGIN
  SELECT * INTO s FROM rule_step WHERE flow_id = x.flow_id AND step = g.step;
  IF g.opened_by_task IS NULL THEN
    IF withdrawn_to(x.id) IS NOT NULL THEN RETURN who = 'person:' || me() AND part = 'sole'; END IF;
    RETURN who = 'person:' || x.drafter_id AND x.drafter_id = me() AND part = 'sole';
  END IF;
  SELECT * INTO act FROM acted(x.id) y WHERE (y.done).id = g.opened_by_task;
  t := act.done; a := act.rule;
  pooled := split_part(s.seat, ':', 1) NOT IN ('', 'drafter', 'memo') AND who = s.seat || ':' || x.organ_id AND part = 'sole';
  IF a.seat LIKE 'last:%' THEN RETURN pooled OR who = last_at(x.id, split_part(a.seat, ':', 2)) AND part = 'sole'; END IF;
  IF EXISTS (SELECT FROM rule_return r WHERE (r.flow_id, r.step, r.action) = (a.flow_id, a.step, a.action)) THEN
    RETURN pooled OR who = last_at(x.id, g.step) AND part = CASE s.mode WHEN 'all' THEN 'lead' ELSE 'sole' END;
  END IF;
  IF NOT a.counts AND EXISTS (SELECT FROM rule_pick p WHERE (p.flow_id, p.step, p.action) = (a.flow_id, a.step, a.action) AND p.part <> '') THEN
    RETURN EXISTS (SELECT FROM rule_pick p WHERE (p.flow_id, p.step, p.action, p.part) = (a.flow_id, a.step, a.action, seat_fits.part) AND pick_fits(x.id, p, who, t.holder));
  END IF;
  IF s.seat = 'drafter' THEN RETURN who = 'person:' || x.drafter_id AND part = 'sole'; END IF;
  IF s.seat LIKE 'memo:%' THEN RETURN part = 'sole' AND x.memo::jsonb->split_part(s.seat, ':', 2) ? who; END IF;
  RETURN pooled;
END $$;
CREATE FUNCTION oa.task_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  IF NEW.state = 'done' THEN PERFORM note_act(NEW); END IF;
  PERFORM add_reader(NEW.document_id, NEW.holder);
  PERFORM pg_notify('oa_' || number_of(NEW.holder), '');
  RETURN NULL;
END $$;

CREATE FUNCTION oa.may_urge(t task) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT NOT t.holder = ANY (my_holders()) AND (x.drafter_id = me() OR t.from_id = me() OR ARRAY['clerk:' || x.organ_id, 'reviewer:' || x.organ_id, 'leader:' || x.organ_id] && my_holders())
    FROM document x WHERE x.id = t.document_id $$;
CREATE FUNCTION oa.task_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); x document; a rule_action; g task_group; act record; own boolean := OLD.holder = ANY (my_holders());
BEGIN
  IF OLD.state <> 'open' OR (NEW.id, NEW.document_id, NEW.group_id, NEW.step, NEW.part, NEW.box, NEW.holder, NEW.from_id, NEW.due_on, NEW.created_at)
    IS DISTINCT FROM (OLD.id, OLD.document_id, OLD.group_id, OLD.step, OLD.part, OLD.box, OLD.holder, OLD.from_id, OLD.due_on, OLD.created_at)
  THEN PERFORM refuse('a to-do is closed, and nothing else of it changes'); END IF;
  IF NEW.state = 'open' THEN
    IF (NEW.action, NEW.actor_id, NEW.done_at, NEW.version) IS DISTINCT FROM (OLD.action, OLD.actor_id, OLD.done_at, OLD.version) THEN PERFORM refuse('an open to-do has no act'); END IF;
    IF NEW.seen_at IS DISTINCT FROM OLD.seen_at THEN
      IF NOT own OR OLD.seen_at IS NOT NULL THEN PERFORM refuse('seen by its holder, once'); END IF;
      NEW.seen_at := now();
    END IF;
    IF NEW.urged <> OLD.urged AND NOT (NEW.urged = OLD.urged + 1 AND may_urge(OLD)) THEN PERFORM refuse('not yours to urge'); END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO x FROM document WHERE id = OLD.document_id;
  SELECT * INTO g FROM task_group WHERE id = OLD.group_id;
  NEW.done_at := now(); NEW.urged := OLD.urged;
  IF NEW.version <> OLD.version + 1 THEN RAISE EXCEPTION 'somebody was first' USING ERRCODE = '40001'; END IF;
  IF NEW.state = 'done' THEN
    SELECT * INTO a FROM rule_action WHERE (flow_id, step, action) = (x.flow_id, OLD.step, NEW.action);
    IF NOT own OR a.action IS NULL OR a.part NOT IN ('', OLD.part) OR x.state <> 'running' OR g.closed_at IS NOT NULL THEN PERFORM refuse('not an act of yours'); END IF;
    IF a.last AND EXISTS (SELECT FROM task WHERE group_id = g.id AND state = 'open' AND id <> OLD.id) THEN PERFORM refuse('others have yet to answer'); END IF;
    IF a.effect = 'sign' AND is_upward(x.id) AND NOT has_role(m, 'chief', x.organ_id) THEN PERFORM refuse('an upward document is signed by the principal leader'); END IF;
    NEW.actor_id := m; NEW.seen_at := coalesce(OLD.seen_at, now());
    RETURN NEW;
  END IF;
  NEW.action := ''; NEW.actor_id := NULL; NEW.seen_at := OLD.seen_at;
  SELECT * INTO act FROM acted_in(g.id);
  IF act.done IS NOT NULL AND NOT ((act.rule).counts OR (act.rule).transfer) OR act.done IS NULL AND may_withdraw(g) THEN RETURN NEW; END IF;
  PERFORM refuse('not yours to cancel');
  RETURN NULL;
END $$;
CREATE FUNCTION oa.task_updated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  IF NEW.state = 'done' AND OLD.state = 'open' THEN PERFORM note_act(NEW); END IF;
  PERFORM pg_notify('oa_' || number_of(NEW.holder), '');
  RETURN NULL;
END $$;
CREATE FUNCTION oa.note_act(t task) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE flow int := (SELECT flow_id FROM document WHERE id = t.document_id); stands int := CASE WHEN t.holder LIKE 'person:%' THEN split_part(t.holder, ':', 2)::int END;
BEGIN
  PERFORM note('d' || t.document_id, t.action, jsonb_strip_nulls(jsonb_build_object('step', step_title(flow, t.step),
      'act', (SELECT title FROM rule_action WHERE (flow_id, step, action) = (flow, t.step, t.action)),
      'for', CASE WHEN stands <> t.actor_id THEN (SELECT name FROM account WHERE id = stands) END))::text, t.document_id, t.id);
END $$;

CREATE FUNCTION oa.opinion_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE t task;
BEGIN
  PERFORM actor();
  SELECT (y.done).* INTO t FROM acted(NEW.document_id) y WHERE (y.done).id = NEW.task_id AND (y.rule).opinion <> 'none';
  IF t.id IS NULL OR (NEW.step, NEW.action, NEW.author_id) IS DISTINCT FROM (t.step, t.action, t.actor_id) OR btrim(NEW.text) = '' OR length(NEW.text) > 5000 OR NEW.text ~ '[\u202a-\u202e\u2066-\u2069]' THEN PERFORM refuse('an opinion goes with one''s own act'); END IF;
  NEW.at := now();
  RETURN NEW;
END $$;

CREATE FUNCTION oa.opinion_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  PERFORM note('d' || NEW.document_id, 'opinion', jsonb_build_object('sha256', encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex'))::text, NEW.document_id, NEW.task_id);
  RETURN NULL;
END $$;

-- as many as the act asks for: in the step that it opened, and of those who are remembered for later
CREATE FUNCTION oa.seats_fit(x document, t task, a oa.rule_action) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM rule_pick p WHERE (p.flow_id, p.step, p.action) = (a.flow_id, a.step, a.action) AND NOT a.transfer AND (
      p.part <> '' AND (SELECT count(*) NOT BETWEEN p.least AND p.most FROM task n JOIN task_group g ON g.id = n.group_id WHERE g.opened_by_task = t.id AND n.part = p.part AND n.created_at = g.opened_at)
      OR p.keep AND coalesce(jsonb_array_length(x.memo::jsonb->p.pick), 0) < p.least)) $$;
-- what only the client can tell, told in this transaction
CREATE FUNCTION oa.said_now(d bigint, what text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT EXISTS (SELECT FROM audit_event e WHERE e.document_id = d AND e.action = what AND e.account_id = me() AND e.xmin = pg_current_xact_id()::xid) $$;

-- At the end of a transaction every document that moved must stand as the rules say.
CREATE FUNCTION oa.judge_task() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE x document; g task_group; a rule_action; said boolean;
BEGIN
  SELECT * INTO x FROM document WHERE id = NEW.document_id;
  SELECT * INTO g FROM task_group WHERE id = NEW.group_id;
  IF NEW.state = 'done' AND NEW.from_id IS NOT NULL THEN  -- the steps that registering passes come from nobody
    SELECT * INTO a FROM rule_action WHERE (flow_id, step, action) = (x.flow_id, NEW.step, NEW.action);
    said := EXISTS (SELECT FROM opinion WHERE task_id = NEW.id);
    IF a.opinion = 'required' AND NOT said OR a.opinion = 'none' AND said THEN PERFORM refuse('this act and its opinion do not go together'); END IF;
    IF a.transfer AND NOT EXISTS (SELECT FROM task WHERE group_id = g.id AND from_id = NEW.actor_id AND created_at = NEW.done_at AND part = NEW.part) THEN PERFORM refuse('handed on to nobody'); END IF;
    IF NOT a.transfer AND NOT a.counts AND g.closed_at IS NULL THEN PERFORM refuse('the step was left open'); END IF;
    IF g.closed_at = NEW.done_at AND a.ends = '' AND NOT EXISTS (SELECT FROM task_group n WHERE n.document_id = x.id AND n.opened_by_task = NEW.id) THEN PERFORM refuse('the document went nowhere'); END IF;
    IF a.ends <> '' AND x.state <> a.ends THEN PERFORM refuse('the document was to end'); END IF;
    IF a.effect = 'number' AND x.number = '' OR a.effect = 'receipt' AND x.received_on IS NULL
      OR a.effect = 'sign' AND NOT (x.doc_date IS NOT NULL AND x.details->>'signer' = (SELECT name FROM account WHERE id = NEW.actor_id) AND x.details->>'signed_version' = x.version::text) IS TRUE
      OR a.effect = 'distribute' AND (EXISTS (SELECT FROM addressee WHERE document_id = x.id AND sent_at IS NULL) OR NOT EXISTS (SELECT FROM attachment WHERE document_id = x.id AND role = 'issued'))
    THEN PERFORM refuse('the act without its effect'); END IF;
    IF a.leads_to <> '' AND a.seat = '' AND x.details->>'signed_version' <> x.version::text AND NOT said
      AND EXISTS (SELECT FROM rule_step s WHERE (s.flow_id, s.step) = (x.flow_id, NEW.step) AND s.edit = 'wording') THEN PERFORM refuse('what was changed after the signature is accounted for'); END IF;
    IF NOT seats_fit(x, NEW, a) THEN PERFORM refuse('too many or too few chosen'); END IF;
  ELSIF TG_OP = 'UPDATE' AND NEW.urged > OLD.urged AND NOT said_now(x.id, 'urge') THEN PERFORM refuse('urged without a word of it');
  END IF;
  PERFORM judge(x);
  RETURN NULL;
END $$;
CREATE FUNCTION oa.judge_document() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE x document;
BEGIN
  SELECT * INTO x FROM document WHERE id = NEW.id;
  IF x.kind = 'send' AND (NEW.doc_type, NEW.urgency, NEW.openness) IS DISTINCT FROM (OLD.doc_type, OLD.urgency, OLD.openness) AND NOT choices_fit(x.doc_type, x.urgency, x.openness) IS TRUE
  THEN PERFORM refuse('not a kind of document'); END IF;
  IF TG_OP = 'INSERT' THEN PERFORM receivers_fit(x);
  ELSIF (NEW.main_to, NEW.copy_to) <> (OLD.main_to, OLD.copy_to) THEN PERFORM receivers_fit(x);
  END IF;
  PERFORM judge(x);
  RETURN NULL;
END $$;
CREATE FUNCTION oa.judge_group() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE x document;
BEGIN
  SELECT * INTO x FROM document WHERE id = NEW.document_id;
  IF TG_OP = 'INSERT' AND NEW.opened_by_task IS NULL AND NEW.closed_at IS NULL AND EXISTS (SELECT FROM task_group WHERE document_id = x.id AND id < NEW.id) AND NOT said_now(x.id, 'withdraw')
  THEN PERFORM refuse('taken back without a word of it'); END IF;
  PERFORM judge(x);
  RETURN NULL;
END $$;
CREATE FUNCTION oa.judge(x document) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE groups int; waiting int; pend int; at text; here text;
BEGIN
  SELECT count(*), min(step), min(pending) INTO groups, at, pend FROM task_group WHERE document_id = x.id AND closed_at IS NULL;
  SELECT count(*) INTO waiting FROM task WHERE document_id = x.id AND state = 'open';
  IF x.state = 'running' AND NOT (groups = 1 AND waiting > 0 AND pend = waiting AND at = x.step) THEN PERFORM refuse('a running document waits for somebody at one step'); END IF;
  IF x.state <> 'running' AND (groups > 0 OR waiting > 0) THEN PERFORM refuse('an ended document waits for nobody'); END IF;
  IF (x.state = 'filed') <> EXISTS (SELECT FROM archive_item WHERE document_id = x.id) THEN PERFORM refuse('filed with an archive reference, or not at all'); END IF;
  IF EXISTS (SELECT FROM task t JOIN task_group g ON g.id = t.group_id WHERE t.document_id = x.id AND t.state = 'open' AND g.closed_at IS NOT NULL) THEN PERFORM refuse('a closed step waits for nobody'); END IF;
  IF NOT EXISTS (SELECT FROM search_text WHERE document_id = x.id) THEN PERFORM refuse('a document that cannot be found again'); END IF;
  here := CASE x.state WHEN 'running' THEN whereabouts(x.id, x.flow_id) ELSE '' END;
  IF here <> x.where_now THEN UPDATE document SET where_now = here WHERE id = x.id; END IF;
END $$;
