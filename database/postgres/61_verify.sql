-- Verifying the audit (校验留痕): what does not fit, told to the audit administrator and to whoever holds the server.
CREATE FUNCTION oa.may_audit() RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  IF NOT audits() AND EXISTS (SELECT FROM account c WHERE role_of(c.login) = session_user) THEN PERFORM refuse('the audit is the audit administrator''s'); END IF;
END $$;
-- a moment that every client can read: an edited one may lie outside all calendars
CREATE FUNCTION oa.told_at(moment timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN moment BETWEEN '0100-01-01' AND '9990-01-01' THEN moment END $$;
-- the last id of the next n events after one; NULL when there are no more than that
CREATE FUNCTION oa.audit_bound(after bigint, n int) RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  PERFORM may_audit();
  RETURN (SELECT e.id FROM audit_event e WHERE e.id > after ORDER BY e.id OFFSET n - 1 LIMIT 1);
END $$;
-- the events and links with an id above the first up to the second: what is wrong with them, in the order of domain.faults.amiss
CREATE FUNCTION oa.audit_faults(lo bigint, hi bigint) RETURNS TABLE (kind text, stream text, seq int, event_id bigint, at timestamptz)
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp SET jit = off AS $$
BEGIN
  PERFORM may_audit();
  RETURN QUERY SELECT f.kind, f.stream, f.seq, f.event_id, told_at(f.at) FROM (
    SELECT CASE WHEN l.event_id IS NULL THEN 'unlinked'
      WHEN l.seq <> 1 AND p.seq IS NULL THEN 'gap'
      WHEN l.prev <> coalesce(p.hash, '') THEN 'torn'
      WHEN e.id IS NULL THEN 'gone'
      WHEN e.stream <> l.stream OR NOT isfinite(e.at) OR l.hash <> CASE WHEN isfinite(e.at) THEN event_hash(e, l.prev) END THEN 'edited' END AS kind,
      coalesce(l.stream, e.stream)::text AS stream, l.seq, coalesce(e.id, l.event_id) AS event_id, e.at
    FROM (SELECT * FROM audit_event x WHERE x.id > lo AND x.id <= hi) e
    FULL JOIN (SELECT * FROM audit_link y WHERE y.event_id > lo AND y.event_id <= hi) l ON l.event_id = e.id
    LEFT JOIN audit_link p ON p.stream = l.stream AND p.seq = l.seq::bigint - 1) f
  WHERE f.kind IS NOT NULL;
END $$;
-- heads that are not the last link of their stream
CREATE FUNCTION oa.audit_heads() RETURNS TABLE (kind text, stream text, seq int, event_id bigint, at timestamptz)
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp SET jit = off AS $$
BEGIN
  PERFORM may_audit();
  RETURN QUERY SELECT CASE WHEN h.stream IS NULL THEN 'headless' WHEN l.stream IS NULL THEN 'emptied' ELSE 'head' END, coalesce(h.stream, l.stream)::text, coalesce(l.seq, h.seq),
      l.event_id, (SELECT told_at(e.at) FROM audit_event e WHERE e.id = l.event_id)
    FROM audit_head h FULL JOIN (SELECT DISTINCT ON (y.stream) y.* FROM audit_link y ORDER BY y.stream, y.seq DESC) l ON l.stream = h.stream
   WHERE (h.seq, h.hash) IS DISTINCT FROM (l.seq, l.hash);
END $$;
-- opinions, numbers and archive references that are not as they were when they were noted; before revision 0002 numbers were noted in words
CREATE FUNCTION oa.audit_papers() RETURNS TABLE (kind text, stream text, event_id bigint, at timestamptz, item bigint)
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp SET jit = off AS $$
BEGIN
  PERFORM may_audit();
  RETURN QUERY SELECT CASE WHEN e.id IS NULL THEN 'unsaid' WHEN o.id IS NULL THEN 'unkept' ELSE 'opinion' END, coalesce('d' || o.document_id, e.stream), e.id, told_at(coalesce(e.at, o.at)), coalesce(o.task_id, e.task_id)
    FROM opinion o FULL JOIN (SELECT * FROM audit_event x WHERE x.action = 'opinion') e ON e.task_id = o.task_id AND e.stream = 'd' || o.document_id
   WHERE e.id IS NULL OR o.id IS NULL OR strpos(e.detail, encode(sha256(convert_to(o.text, 'UTF8')), 'hex')) = 0 OR e.account_id IS DISTINCT FROM o.author_id;
  RETURN QUERY SELECT 'number', coalesce('d' || d.id, e.stream), e.id, told_at(e.at), d.id
    FROM (SELECT * FROM document y WHERE y.kind = 'send' AND y.number <> '') d FULL JOIN (SELECT * FROM audit_event x WHERE x.action = 'numbered') e ON e.stream = 'd' || d.id
   WHERE e.id IS NULL OR d.id IS NULL OR strpos(e.detail, '"number": ' || to_json(d.number)) = 0 AND strpos(e.detail, '"编号 ' || d.number || '，') = 0;
  RETURN QUERY SELECT 'reference', coalesce('d' || a.document_id, e.stream), e.id, told_at(e.at), a.document_id
    FROM archive_item a FULL JOIN (SELECT * FROM audit_event x WHERE x.action = 'filed') e ON e.stream = 'd' || a.document_id
   WHERE e.id IS NULL OR a.document_id IS NULL OR strpos(e.detail, '"reference": ' || to_json(a.reference)) = 0 AND strpos(e.detail, '"归档，档号 ' || a.reference || '"') = 0;
END $$;
-- heads of an anchor that are no links any more
CREATE FUNCTION oa.audit_missing(streams text[], seqs int[], hashes text[]) RETURNS TABLE (kind text, stream text, seq int)
 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp SET jit = off AS $$
BEGIN
  PERFORM may_audit();
  RETURN QUERY SELECT CASE WHEN l.hash IS NOT NULL THEN 'rewritten' WHEN EXISTS (SELECT FROM audit_link x WHERE x.stream = k.stream) THEN 'cut' ELSE 'lost' END, k.stream, k.seq
    FROM unnest(streams, seqs, hashes) AS k(stream, seq, hash) LEFT JOIN audit_link l ON l.stream = k.stream AND l.seq = k.seq
   WHERE l.hash IS DISTINCT FROM k.hash;
END $$;
-- what an auditor may know of a document: its number
CREATE FUNCTION oa.audit_numbers(ids bigint[]) RETURNS TABLE (id bigint, number text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  PERFORM may_audit();
  RETURN QUERY SELECT d.id, d.number::text FROM document d WHERE d.id = ANY (ids);
END $$;
CREATE FUNCTION oa.audit_numbered(wanted text, most int) RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, oa, pg_temp AS $$
BEGIN
  PERFORM may_audit();
  RETURN QUERY SELECT d.id FROM document d WHERE strpos(d.number, wanted) > 0 ORDER BY d.id DESC LIMIT most;
END $$;
