-- Documents: who may make one, and what of it may be changed by whom and when.
CREATE FUNCTION oa.step_title(flow int, key text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT title FROM rule_step WHERE flow_id = flow AND step = key $$;
CREATE FUNCTION oa.label(holder text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT CASE WHEN holder LIKE 'person:%' THEN (SELECT name FROM account WHERE id = split_part(holder, ':', 2)::int)
    ELSE (SELECT short FROM unit WHERE id = split_part(holder, ':', 2)::int) || (SELECT title FROM rule_role WHERE role = split_part(holder, ':', 1)) END $$;
-- where a document is, in words, from its to-dos: nobody says it otherwise
CREATE FUNCTION oa.whereabouts(d bigint, flow int) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT coalesce(min(step_title(flow, t.step)) || '：' || string_agg(label(t.holder), '、' ORDER BY t.place) FILTER (WHERE t.place <= 3)
      || CASE WHEN count(*) > 3 THEN ' 等 ' || count(*) || ' 个' ELSE '' END, '')
    FROM (SELECT step, holder, row_number() OVER (ORDER BY id) AS place FROM task WHERE document_id = d AND state = 'open') t $$;
CREATE FUNCTION oa.newest_flow(wanted text, organ int) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT flow_id FROM rule_flow WHERE key = wanted AND (unit_id IS NULL OR unit_id = organ) ORDER BY unit_id IS NULL, version DESC LIMIT 1 $$;
-- an upward document by its kind and its receivers (条例第十五条、第二十二条); some kinds go up whoever receives them
CREATE FUNCTION oa.is_upward(d bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT x.kind = 'send' AND EXISTS (SELECT FROM rule_upward u WHERE u.doc_type = x.doc_type AND (u.always OR EXISTS (
    SELECT FROM addressee a LEFT JOIN unit r ON r.id = a.unit_id WHERE a.document_id = x.id AND a.main
      AND CASE WHEN a.unit_id IS NULL THEN (SELECT f.value::jsonb->'superiors' ? a.name FROM fact f WHERE f.key = 'bureau') ELSE r.parent_id IS NULL END)))
  FROM document x WHERE x.id = d $$;

CREATE FUNCTION oa.add_reader(d bigint, who text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ INSERT INTO reader (document_id, principal) VALUES (d, who) ON CONFLICT DO NOTHING $$;
CREATE FUNCTION oa.reader_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  UPDATE document SET readers = readers || number_of(NEW.principal) WHERE id = NEW.document_id AND NOT readers @> ARRAY[number_of(NEW.principal)];
  RETURN NULL;
END $$;
-- who reads on an occasion, by the rules: "create", "register", "deliver", "filed"
CREATE FUNCTION oa.readers_on(what text, organ int, maker int) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT array_agg(DISTINCT r.role || ':' || CASE r.place WHEN 'organ' THEN organ WHEN 'home' THEN (SELECT unit_id FROM account WHERE id = maker) ELSE maker END)
    FROM rule_reader r WHERE r.occasion = what $$;

-- the act of mine in this transaction on a document: a to-do that I just closed, with the rule of what I pressed
CREATE FUNCTION oa.acted(d bigint) RETURNS TABLE (done task, rule oa.rule_action) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT t, a FROM task t JOIN document x ON x.id = t.document_id JOIN rule_action a ON (a.flow_id, a.step, a.action) = (x.flow_id, t.step, t.action)
   WHERE t.document_id = d AND t.state = 'done' AND t.actor_id = me() AND t.xmin = pg_current_xact_id()::xid $$;
-- what I may edit of a document now: 'full', 'wording' or nothing
CREATE FUNCTION oa.edit_right(d bigint) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT coalesce(min(s.edit), '') FROM task t JOIN document x ON x.id = t.document_id JOIN rule_step s ON (s.flow_id, s.step) = (x.flow_id, t.step)
   WHERE t.document_id = d AND t.state = 'open' AND s.edit <> '' AND x.kind = 'send' AND x.state = 'running' AND t.holder = ANY (my_holders()) $$;
-- made by me in this very transaction: another one may have begun in the same microsecond, so that no to-do may be older either
CREATE FUNCTION oa.made_now(d bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT EXISTS (SELECT FROM document WHERE id = d AND drafter_id = me() AND created_at = now() AND xmin = pg_current_xact_id()::xid)
    AND NOT EXISTS (SELECT FROM task WHERE document_id = d AND xmin <> pg_current_xact_id()::xid) $$;
-- a title and a text that every list and every sheet can show: not empty, not endless, nothing that turns the reading direction
CREATE FUNCTION oa.legible(title text, body text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
 $$ SELECT btrim(title) <> '' AND length(title) <= 300 AND length(body) <= 1000000 AND title !~ '[\x01-\x1f\x7f\u202a-\u202e\u2066-\u2069]' $$;

-- a kind, an urgency and an openness that there are: a kind like 「请示」 with one sign more would go up past the rule of who signs it
CREATE FUNCTION oa.choices_fit(doc_type text, urgency text, openness text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT value->'doc_type' ? choices_fit.doc_type AND value->'urgency' ? choices_fit.urgency AND (openness = '' OR value->'openness' ? choices_fit.openness) FROM rule_value WHERE key = 'choices' $$;

CREATE FUNCTION oa.document_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); home int := (SELECT unit_id FROM account WHERE id = m); organ unit;
BEGIN
  SELECT * INTO organ FROM unit WHERE id = NEW.organ_id;
  IF NEW.drafter_id <> m THEN PERFORM refuse('a document in another''s name'); END IF;
  IF NOT legible(NEW.title, NEW.body) OR jsonb_typeof(NEW.details::jsonb) <> 'object' THEN PERFORM refuse('not a legible document'); END IF;
  IF NEW.flow_id IS DISTINCT FROM newest_flow(NEW.kind, NEW.organ_id) THEN PERFORM refuse('not the flow in force'); END IF;
  IF NEW.state <> 'running' OR NEW.step <> '' OR NEW.source_id IS NOT NULL OR NEW.ended_at IS NOT NULL OR NEW.memo::jsonb <> '{}' THEN PERFORM refuse('a new document is at its beginning'); END IF;
  IF NEW.kind = 'receive' THEN
    IF NOT has_role(m, 'clerk', NEW.organ_id) THEN PERFORM refuse('only a clerk of the organ registers'); END IF;
    IF NEW.details::jsonb <> '{}' OR NEW.version <> 1 OR NEW.received_on > today() OR NEW.doc_date > today() THEN PERFORM refuse('not a fresh registration'); END IF;
  ELSE
    IF is_guardian(m) OR organ.number_codes = '' OR NOT (organ.id = home OR organ.parent_id IS NULL) THEN PERFORM refuse('no drafting in the name of this organ'); END IF;
    IF NEW.number <> '' OR NEW.doc_date IS NOT NULL OR NEW.received_on IS NOT NULL OR NEW.version NOT BETWEEN 0 AND 1 OR NEW.details::jsonb ?| ARRAY['signer', 'signed_on', 'signed_version', 'code', 'year', 'seq']
    THEN PERFORM refuse('a draft has neither number nor signature'); END IF;
  END IF;
  NEW.created_at := now(); NEW.where_now := ''; NEW.guests := '{}';
  NEW.readers := ARRAY(SELECT number_of(w) FROM unnest(readers_on(CASE NEW.kind WHEN 'receive' THEN 'register' ELSE 'create' END, NEW.organ_id, m)) w);
  RETURN NEW;
END $$;
CREATE FUNCTION oa.document_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  INSERT INTO reader SELECT NEW.id, w FROM unnest(readers_on(CASE NEW.kind WHEN 'receive' THEN 'register' ELSE 'create' END, NEW.organ_id, NEW.drafter_id)) w;
  IF NEW.kind = 'send' THEN PERFORM note('d' || NEW.id, 'create', '{}', NEW.id); END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION oa.document_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE
  m int := actor(); act record; t task; a rule_action; fresh boolean := OLD.created_at = now() AND made_now(OLD.id); edit text; parts text[]; k text;
  old_details jsonb := OLD.details::jsonb; details jsonb := NEW.details::jsonb;
BEGIN
  IF OLD.state <> 'running' THEN PERFORM refuse('the document has ended'); END IF;
  IF (NEW.id, NEW.kind, NEW.flow_id, NEW.organ_id, NEW.source_id, NEW.number, NEW.copies, NEW.created_at, NEW.where_now, NEW.readers, NEW.guests)
    IS DISTINCT FROM (OLD.id, OLD.kind, OLD.flow_id, OLD.organ_id, OLD.source_id, OLD.number, OLD.copies, OLD.created_at, OLD.where_now, OLD.readers, OLD.guests)
  THEN PERFORM refuse('this part of a document is never changed by hand'); END IF;
  SELECT * INTO act FROM acted(OLD.id) x ORDER BY (x.done).id DESC LIMIT 1;
  t := act.done; a := act.rule;
  edit := CASE WHEN fresh THEN 'full' ELSE edit_right(OLD.id) END;

  parts := ARRAY_REMOVE(ARRAY[CASE WHEN NEW.title <> OLD.title THEN 'title' END, CASE WHEN NEW.body <> OLD.body THEN 'body' END, CASE WHEN NEW.doc_type <> OLD.doc_type THEN 'doc_type' END,
    CASE WHEN NEW.urgency <> OLD.urgency THEN 'urgency' END, CASE WHEN NEW.openness <> OLD.openness THEN 'openness' END,
    CASE WHEN NEW.openness_reason <> OLD.openness_reason THEN 'openness_reason' END, CASE WHEN (NEW.main_to, NEW.copy_to) <> (OLD.main_to, OLD.copy_to) THEN 'targets' END,
    CASE WHEN (NEW.from_organ, NEW.nature) <> (OLD.from_organ, OLD.nature) THEN 'origin' END], NULL);
  IF parts <> '{}' OR NEW.version <> OLD.version THEN
    IF edit = '' OR 'origin' = ANY (parts) THEN PERFORM refuse('the text is not in your hands'); END IF;
    IF NOT legible(NEW.title, NEW.body) THEN PERFORM refuse('not a legible document'); END IF;
    IF edit = 'wording' AND NOT parts <@ ARRAY['title', 'body'] THEN PERFORM refuse('after the signature only the wording changes'); END IF;
    IF NEW.version <> OLD.version + 1 THEN RAISE EXCEPTION 'the text was changed meanwhile' USING ERRCODE = '40001'; END IF;
    IF parts <> '{}' AND NOT fresh AND (OLD.drafter_id <> m OR edit = 'wording') THEN
      PERFORM note('d' || OLD.id, 'edit', jsonb_build_object('step', step_title(OLD.flow_id, OLD.step), 'parts', parts)::text, OLD.id);
    END IF;
  END IF;
  IF NEW.due_on IS DISTINCT FROM OLD.due_on AND NOT (edit = 'full' OR 'due_on' = ANY (a.asks) AND NEW.due_on >= today()) IS TRUE THEN PERFORM refuse('the time limit is not yours to set'); END IF;
  IF NEW.doc_date IS DISTINCT FROM OLD.doc_date THEN
    IF a.effect IS DISTINCT FROM 'sign' THEN PERFORM refuse('the date is that of the signature'); END IF;
    NEW.doc_date := today();
  END IF;
  IF (NEW.received_on, NEW.drafter_id) IS DISTINCT FROM (OLD.received_on, OLD.drafter_id) THEN
    IF a.effect IS DISTINCT FROM 'receipt' THEN PERFORM refuse('only who signs for a paper takes it over'); END IF;
    NEW.received_on := today(); NEW.drafter_id := m;
  END IF;
  IF NEW.memo::jsonb IS DISTINCT FROM OLD.memo::jsonb THEN
    FOR k IN SELECT key FROM jsonb_each(NEW.memo::jsonb) e WHERE OLD.memo::jsonb->e.key IS DISTINCT FROM e.value LOOP
      IF NOT memo_fits(OLD.id, t, k, NEW.memo::jsonb->k) THEN PERFORM refuse('nobody chosen like this by what was pressed'); END IF;
    END LOOP;
    IF OLD.memo::jsonb - ARRAY(SELECT jsonb_object_keys(NEW.memo::jsonb)) <> '{}' THEN PERFORM refuse('what was chosen stays on record'); END IF;
  ELSE NEW.memo := OLD.memo;  -- the same in other words, or with a megabyte of blanks
  END IF;
  IF details = old_details THEN NEW.details := OLD.details; END IF;
  FOR k IN SELECT key FROM jsonb_each(details || old_details) e WHERE details->e.key IS DISTINCT FROM old_details->e.key LOOP
    IF k IN ('direction', 'saved_at') AND edit <> '' THEN CONTINUE; END IF;
    IF k = 'explain' AND a.effect = 'check_draft' THEN CONTINUE; END IF;
    IF k = 'answered' AND 'answered' = ANY (a.asks) THEN CONTINUE; END IF;
    IF k IN ('signer', 'signed_on', 'signed_version') AND a.effect = 'sign' THEN CONTINUE; END IF;
    PERFORM refuse('this detail is not yours to write: ' || k);
  END LOOP;
  IF a.effect = 'sign' AND details IS DISTINCT FROM old_details THEN
    NEW.details := (details || jsonb_build_object('signer', (SELECT name FROM account WHERE id = m), 'signed_on', today(), 'signed_version', NEW.version))::json;
  END IF;
  IF (NEW.state, NEW.step, NEW.ended_at) IS DISTINCT FROM (OLD.state, OLD.step, OLD.ended_at) THEN
    IF NOT fresh AND t.id IS NULL AND NOT EXISTS (SELECT FROM task_group g WHERE g.document_id = OLD.id AND g.closed_at IS NULL AND g.xmin = pg_current_xact_id()::xid)
    THEN PERFORM refuse('a document moves by an act alone'); END IF;
    IF NEW.state <> 'running' AND a.ends IS DISTINCT FROM NEW.state THEN PERFORM refuse('this act does not end the document so'); END IF;
    NEW.ended_at := CASE WHEN NEW.state <> 'running' THEN now() END;
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION oa.document_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  PERFORM pg_notify('oa_' || p, '') FROM unnest(NEW.readers) p;
  RETURN NULL;
END $$;

-- who a draft goes to, while it may be edited
CREATE FUNCTION oa.addressee_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  PERFORM actor();
  IF NOT (made_now(NEW.document_id) OR edit_right(NEW.document_id) = 'full') THEN PERFORM refuse('the draft is not in your hands'); END IF;
  -- a unit by its own name: the sheet must not say the government where the copy goes to the office
  IF NOT EXISTS (SELECT FROM unit u WHERE u.id = NEW.unit_id AND NEW.name IN (u.name, u.short)) AND NEW.unit_id IS NOT NULL THEN PERFORM refuse('a unit goes by its own name'); END IF;
  NEW.sent_at := NULL; NEW.copy_id := NULL; NEW.received_at := NULL; NEW.received_by := NULL;
  RETURN NEW;
END $$;
-- at the end the receivers and the words for them on the sheet are the same
CREATE FUNCTION oa.judge_receivers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE d bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.document_id ELSE NEW.document_id END;
BEGIN
  PERFORM receivers_fit(x) FROM document x WHERE x.id = d;
  RETURN NULL;
END $$;
CREATE FUNCTION oa.receivers_fit(x document) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE mains text; copies text;
BEGIN
  SELECT coalesce(string_agg(a.name, '、' ORDER BY a.position) FILTER (WHERE a.main), ''), coalesce(string_agg(a.name, '、' ORDER BY a.position) FILTER (WHERE NOT a.main), '')
    INTO mains, copies FROM addressee a WHERE a.document_id = x.id;
  IF x.kind = 'send' AND (x.main_to, x.copy_to) <> (mains, copies) THEN PERFORM refuse('receivers other than the sheet says'); END IF;
  IF EXISTS (SELECT FROM addressee a WHERE a.document_id = x.id GROUP BY coalesce(a.unit_id::text, a.name) HAVING count(*) > 1)
    OR EXISTS (SELECT FROM addressee a WHERE a.document_id = x.id AND a.unit_id = x.organ_id) THEN PERFORM refuse('a receiver once, and not the organ itself'); END IF;
END $$;
-- a function, because the privilege to delete rows would be one to lock the table as well
CREATE FUNCTION oa.clear_addressees(d bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  PERFORM actor();
  IF NOT (made_now(d) OR edit_right(d) = 'full') THEN PERFORM refuse('the draft is not in your hands'); END IF;
  DELETE FROM addressee WHERE document_id = d AND sent_at IS NULL;
END $$;
CREATE FUNCTION oa.drop_attachments(d bigint, kept bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  PERFORM actor();
  IF NOT (made_now(d) OR edit_right(d) = 'full') THEN PERFORM refuse('the draft is not in your hands'); END IF;
  DELETE FROM attachment WHERE document_id = d AND role = 'attachment' AND NOT id = ANY (kept);
  IF FOUND THEN PERFORM note_files(d); END IF;
END $$;
-- files that another than the drafter adds or takes away are on record, once in a transaction
CREATE FUNCTION oa.note_files(d bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE x document;
BEGIN
  SELECT * INTO x FROM document WHERE id = d;
  IF x.drafter_id = me() OR said_now(d, 'edit') AND EXISTS (SELECT FROM audit_event e WHERE e.document_id = d AND e.xmin = pg_current_xact_id()::xid AND strpos(e.detail, '"files"') > 0) THEN RETURN; END IF;
  PERFORM note('d' || d, 'edit', jsonb_build_object('step', step_title(x.flow_id, x.step), 'parts', ARRAY['files'])::text, d);
END $$;
