-- What an act does besides moving on: numbers, filing, copies for the receivers, receipts.

-- 发文字号 and copies are given together, once, by the clerk who just pressed 登记编号; the counter has no other user, so there is no gap
CREATE FUNCTION oa.give_number(d bigint, code text, copies int) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE x document; form jsonb := (SELECT value FROM rule_value WHERE key = 'number'); at int := extract(year FROM today()); n int; written text;
BEGIN
  PERFORM actor();
  SELECT * INTO x FROM document WHERE id = d FOR UPDATE;
  IF NOT EXISTS (SELECT FROM acted(d) y WHERE (y.rule).effect = 'number') OR x.kind <> 'send' OR x.number <> '' OR copies NOT BETWEEN 1 AND 9999
    OR code = '' OR NOT code = ANY (string_to_array((SELECT number_codes FROM unit WHERE id = x.organ_id), ' ')) THEN PERFORM refuse('no number is due here'); END IF;
  INSERT INTO counter (scope, last) VALUES (format('number/%s/%s', code, at), 1) ON CONFLICT (scope) DO UPDATE SET last = counter.last + 1 RETURNING last INTO n;
  written := code || (form->>'opening') || at || (form->>'closing') || n || (form->>'suffix');
  UPDATE document SET number = written, copies = give_number.copies, details = (details::jsonb || jsonb_build_object('code', code, 'year', at, 'seq', n))::json WHERE id = d;
  PERFORM note('d' || d, 'numbered', jsonb_build_object('number', written, 'copies', copies)::text, d);
  RETURN written;
END $$;

-- the archive reference (档号; DA/T 22-2015), given by the archivist who just pressed 归档; item numbers run without gap in their class
CREATE FUNCTION oa.file_item(d bigint, period text, at int, remark text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); x document; form jsonb := (SELECT value FROM rule_value WHERE key = 'archive'); fonds text; organ_code text; n int; reference text;
BEGIN
  SELECT * INTO x FROM document WHERE id = d FOR UPDATE;
  IF NOT EXISTS (SELECT FROM acted(d) y WHERE (y.rule).effect = 'file') OR NOT form->'periods' ? period OR at NOT BETWEEN 1949 AND extract(year FROM today()) THEN PERFORM refuse('nothing is filed here'); END IF;
  SELECT f.value::jsonb->>'fonds' INTO fonds FROM fact f WHERE f.key = 'bureau';
  SELECT code INTO organ_code FROM unit WHERE id = x.organ_id;
  INSERT INTO counter (scope, last) VALUES (format('file/%s/%s/%s/%s/%s', fonds, form->>'category', at, period, organ_code), 1)
    ON CONFLICT (scope) DO UPDATE SET last = counter.last + 1 RETURNING last INTO n;
  reference := concat_ws(form->>'level', fonds, (form->>'category') || (form->>'inner') || at, period, nullif(organ_code, ''), lpad(n::text, (form->>'width')::int, '0'));
  INSERT INTO archive_item (document_id, fonds, category, year, retention, unit_code, seq, reference, pages, note, filed_by, filed_at)
    VALUES (d, fonds, form->>'category', at, period, organ_code, n, reference,
      greatest(coalesce((SELECT sum(coalesce(f.pages, 1)) FROM attachment f WHERE f.document_id = d), 0), 1), left(remark, 5000), m, now());
  PERFORM add_reader(d, w) FROM unnest(readers_on('filed', x.organ_id, m)) w;
  PERFORM note('d' || d, 'filed', jsonb_build_object('reference', reference)::text, d);
  RETURN reference;
END $$;

-- 分发: a receiver that is marked as sent to gets its copy of the issued text, with a flow of its own
CREATE FUNCTION oa.addressee_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  PERFORM actor();
  IF OLD.sent_at IS NOT NULL OR NEW.sent_at IS NULL OR NOT EXISTS (SELECT FROM acted(OLD.document_id) y WHERE (y.rule).effect = 'distribute')
    OR NOT EXISTS (SELECT FROM attachment WHERE document_id = OLD.document_id AND role = 'issued')
    OR (NEW.id, NEW.document_id, NEW.unit_id, NEW.name, NEW.main, NEW.position, NEW.copy_id, NEW.received_at, NEW.received_by)
    IS DISTINCT FROM (OLD.id, OLD.document_id, OLD.unit_id, OLD.name, OLD.main, OLD.position, OLD.copy_id, OLD.received_at, OLD.received_by)
  THEN PERFORM refuse('distributed by the clerk, once'); END IF;
  NEW.sent_at := now();
  IF NEW.unit_id IS NOT NULL THEN NEW.copy_id := deliver(OLD.document_id, NEW.unit_id); END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION oa.deliver(d bigint, receiver int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := me(); x document; flow rule_flow; step rule_step; c bigint; g bigint;
BEGIN
  SELECT * INTO x FROM document WHERE id = d;
  SELECT * INTO flow FROM rule_flow WHERE flow_id = newest_flow('receive', receiver);
  SELECT * INTO step FROM rule_step s WHERE s.flow_id = flow.flow_id AND s.step = flow.arrival;
  INSERT INTO document (kind, flow_id, organ_id, drafter_id, source_id, title, doc_type, urgency, openness, openness_reason, from_organ, number, doc_date, received_on, main_to, copy_to,
      nature, copies, body, details, memo, state, step, where_now, version, created_at, readers)
    VALUES ('receive', flow.flow_id, receiver, m, d, x.title, x.doc_type, x.urgency, x.openness, '', (SELECT name FROM unit WHERE id = x.organ_id), x.number, x.doc_date, NULL, x.main_to, x.copy_to,
      'handle', 1, x.body, '{}', '{}', 'running', flow.arrival, '', 1, now(), '{}') RETURNING id INTO c;
  INSERT INTO attachment (document_id, name, role, media, sha256, size, pages, text, position, added_by, added_at)
    SELECT c, f.name, CASE f.role WHEN 'issued' THEN 'original' ELSE 'attachment' END, f.media, f.sha256, f.size, f.pages, f.text,
      row_number() OVER (ORDER BY f.role <> 'issued', f.position) - 1, m, now() FROM attachment f WHERE f.document_id = d AND f.role IN ('issued', 'attachment');
  INSERT INTO task_group (document_id, step, pending, opened_at) VALUES (c, flow.arrival, 1, now()) RETURNING id INTO g;
  INSERT INTO task (document_id, group_id, step, part, box, holder, state, action, from_id, urged, version, created_at)
    VALUES (c, g, flow.arrival, 'sole', step.box, 'clerk:' || receiver, 'open', '', m, 0, 1, now());
  PERFORM add_reader(c, w) FROM unnest(readers_on('deliver', receiver, m)) w;
  PERFORM add_reader(c, 'clerk:' || receiver);
  UPDATE document SET where_now = whereabouts(c, flow.flow_id) WHERE id = c;
  INSERT INTO search_text (document_id, head, text, filters) SELECT c, head, text, filters FROM search_text WHERE document_id = d;
  INSERT INTO doc_gram (document_id, g) SELECT c, y.g FROM doc_gram y WHERE y.document_id = d;
  PERFORM pg_notify('oa_' || number_of('clerk:' || receiver), '');
  RETURN c;
END $$;

-- the receiver signs for its copy or sends it back; the sender's list of receivers shows it
CREATE FUNCTION oa.receipt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE a rule_action; r addressee;
BEGIN
  SELECT y.* INTO a FROM rule_action y JOIN document x ON x.id = NEW.document_id WHERE (y.flow_id, y.step, y.action) = (x.flow_id, NEW.step, NEW.action);
  IF a.effect NOT IN ('receipt', 'refuse_receipt') AND a.ends IS DISTINCT FROM 'returned' THEN RETURN NULL; END IF;
  SELECT * INTO r FROM addressee WHERE copy_id = NEW.document_id FOR UPDATE;
  IF a.effect = 'receipt' THEN
    PERFORM add_reader(NEW.document_id, 'person:' || NEW.actor_id);
    UPDATE addressee SET received_at = now(), received_by = NEW.actor_id WHERE id = r.id;
  ELSIF r.id IS NOT NULL THEN
    UPDATE addressee SET sent_at = NULL, received_at = NULL, received_by = NULL WHERE id = r.id;
    PERFORM note('d' || r.document_id, 'refused_receipt', jsonb_build_object('unit', r.name, 'reason', coalesce((SELECT text FROM opinion WHERE task_id = NEW.id), ''))::text, r.document_id);
  END IF;
  PERFORM pg_notify('oa_' || p, '') FROM document x, unnest(x.readers) p WHERE x.id = r.document_id;
  RETURN NULL;
END $$;
