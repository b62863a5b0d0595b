-- Handing over (移交): a leaver's open to-dos, drafts, delegations and borrowed papers go to a successor in one act.

-- who may hand over an account's matters: its holder, or its administrator
CREATE FUNCTION oa.may_hand_over(a int) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS
 $$ SELECT a = me() OR may_administer((SELECT unit_id FROM account WHERE id = a), a) = '' $$;
-- what lies with an account; an administrator learns kinds, steps and dates, but not what the papers are about
CREATE FUNCTION oa.open_matters(a int) RETURNS TABLE (kind text, id bigint, document_id bigint, title text, step text, urgency text, since timestamptz, due date, role text, organ_id int, others text[])
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE own boolean := a = me();
BEGIN
  IF NOT may_hand_over(a) IS TRUE THEN PERFORM refuse('not your unit'); END IF;
  RETURN QUERY SELECT CASE WHEN s.edit = 'full' AND x.step = f.start AND x.kind = 'send' THEN 'draft' ELSE t.box::text END, t.id, x.id, CASE WHEN own THEN x.title ELSE '' END,
      s.title, x.urgency::text, t.created_at, t.due_on, seat_role(x, t), x.organ_id,
      ARRAY(SELECT o.holder::text FROM task o WHERE o.group_id = t.group_id AND o.state = 'open' AND o.id <> t.id AND o.holder LIKE 'person:%')
    FROM task t JOIN document x ON x.id = t.document_id JOIN rule_flow f ON f.flow_id = x.flow_id JOIN rule_step s ON (s.flow_id, s.step) = (x.flow_id, t.step)
   WHERE t.state = 'open' AND t.holder = 'person:' || a ORDER BY t.id;
  RETURN QUERY SELECT 'delegation', d.id, NULL::bigint, c.name::text, CASE WHEN d.from_id = a THEN 'given' ELSE 'taken' END, '', d.made_at, d.ends_on, '', NULL::int, ARRAY[]::text[]
    FROM delegation d JOIN account c ON c.id = CASE WHEN d.from_id = a THEN d.to_id ELSE d.from_id END
   WHERE a IN (d.from_id, d.to_id) AND d.ended_at IS NULL AND d.ends_on >= today() ORDER BY d.id;
  RETURN QUERY SELECT 'share', s.id, s.document_id, CASE WHEN own THEN x.title ELSE '' END, '', '', s.given_at, s.ends_on, '', NULL::int, ARRAY[]::text[]
    FROM share s JOIN document x ON x.id = s.document_id WHERE s.principal = 'person:' || a AND s.ended_at IS NULL AND s.ends_on >= today() ORDER BY s.id;
END $$;
-- the role that a seat asks for, if any: who takes it over must hold it
CREATE FUNCTION oa.seat_role(x document, t task) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
  SELECT coalesce(min(CASE p.role WHEN 'signer' THEN CASE WHEN is_upward(x.id) THEN 'chief' ELSE 'leader' END ELSE p.role END) FILTER (WHERE p.role <> ''),
      CASE WHEN split_part(s.seat, ':', 1) NOT IN ('', 'drafter', 'memo') THEN s.seat ELSE '' END)
    FROM rule_step s LEFT JOIN rule_action a ON a.flow_id = s.flow_id AND a.leads_to = s.step LEFT JOIN rule_pick p ON (p.flow_id, p.step, p.action) = (a.flow_id, a.step, a.action)
      AND ('memo:' || p.pick = s.seat OR p.part = t.part AND p.part <> '')
   WHERE s.flow_id = x.flow_id AND s.step = t.step GROUP BY s.seat $$;
CREATE FUNCTION oa.hand_over(a int, b int) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
DECLARE m int := actor(); x document; t task; role text; old account; heir account; done jsonb := '{"tasks": 0, "drafts": 0, "delegations": 0, "shares": 0, "left": 0}'; k text; n int;
BEGIN
  SELECT * INTO old FROM account WHERE id = a;
  SELECT * INTO heir FROM account WHERE id = b;
  IF NOT may_hand_over(a) IS TRUE OR a = b OR b = m OR heir.id IS NULL OR NOT heir.active OR is_guardian(b) THEN PERFORM refuse('not yours to hand over, or not to this person'); END IF;
  FOR t IN SELECT y.* FROM task y WHERE y.state = 'open' AND y.holder = 'person:' || a ORDER BY y.document_id, y.id LOOP
    PERFORM FROM task_group g WHERE g.id = t.group_id FOR UPDATE;
    SELECT * INTO x FROM document WHERE document.id = t.document_id FOR UPDATE;
    SELECT y.* INTO t FROM task y WHERE y.id = t.id AND y.state = 'open' AND y.holder = 'person:' || a FOR UPDATE;
    role := seat_role(x, t);
    IF t.id IS NULL OR role <> '' AND NOT has_role(b, role, x.organ_id) OR EXISTS (SELECT FROM task y WHERE y.group_id = t.group_id AND y.state = 'open' AND y.holder = 'person:' || b) THEN
      done := jsonb_set(done, '{left}', to_jsonb((done->>'left')::int + 1));
      CONTINUE;
    END IF;
    UPDATE task SET holder = 'person:' || b, version = version + 1, seen_at = NULL WHERE task.id = t.id;
    k := CASE WHEN x.kind = 'send' AND x.step = (SELECT start FROM rule_flow f WHERE f.flow_id = x.flow_id) THEN 'drafts' ELSE 'tasks' END;
    done := jsonb_set(done, ARRAY[k], to_jsonb((done->>k)::int + 1));
    PERFORM add_reader(x.id, 'person:' || b);
    UPDATE document SET drafter_id = CASE WHEN k = 'drafts' AND drafter_id = a THEN b ELSE drafter_id END, where_now = whereabouts(x.id, x.flow_id) WHERE document.id = x.id;
    PERFORM note('d' || x.id, 'handed_over', jsonb_build_object('step', step_title(x.flow_id, t.step), 'from', old.name, 'to', heir.name)::text, x.id, t.id);
    PERFORM pg_notify('oa_' || p, '') FROM unnest(ARRAY[a, b]) p;
  END LOOP;
  UPDATE delegation SET ended_at = now() WHERE from_id = a AND ended_at IS NULL;
  GET DIAGNOSTICS n = ROW_COUNT;
  WITH taken AS (UPDATE delegation d SET ended_at = now() WHERE d.to_id = a AND d.ended_at IS NULL AND d.ends_on >= today() RETURNING d.*)
    INSERT INTO delegation (from_id, to_id, starts_on, ends_on, reason, made_at) SELECT d.from_id, b, greatest(d.starts_on, today()), d.ends_on, d.reason, now() FROM taken d
      WHERE d.from_id <> b AND stands_in(d.from_id, b);
  done := jsonb_set(done, '{delegations}', to_jsonb(n + (SELECT count(*)::int FROM delegation d WHERE d.to_id = b AND d.made_at = now())));
  WITH ended AS (UPDATE share s SET ended_at = now(), ended_by = m WHERE s.principal = 'person:' || a AND s.ended_at IS NULL AND s.ends_on >= today() RETURNING s.*)
    INSERT INTO share (document_id, principal, given_by, given_at, ends_on, reason) SELECT s.document_id, 'person:' || b, s.given_by, now(), s.ends_on, s.reason FROM ended s;
  GET DIAGNOSTICS n = ROW_COUNT;
  done := jsonb_set(done, '{shares}', to_jsonb(n));
  PERFORM note('a' || a, 'handover', (who(old) || done || jsonb_build_object('to', heir.login || ' ' || heir.name))::text);
  PERFORM note('a' || b, 'handover', (who(old) || done || jsonb_build_object('to', heir.login || ' ' || heir.name))::text);
  RETURN done;
END $$;
