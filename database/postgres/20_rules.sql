-- The rules as rows, exported from the same tables that the program reads. Nobody but the owner may touch them.
CREATE TABLE oa.rule_role (role text PRIMARY KEY, no int NOT NULL UNIQUE, title text NOT NULL, leads boolean NOT NULL, guardian boolean NOT NULL, by_unit boolean NOT NULL);
CREATE TABLE oa.rule_flow (flow_id int PRIMARY KEY, key text NOT NULL, version int NOT NULL, unit_id int, start text NOT NULL, arrival text NOT NULL);
CREATE TABLE oa.rule_step (
  flow_id int, step text, place int NOT NULL, title text NOT NULL, seat text NOT NULL, mode text NOT NULL, box text NOT NULL, edit text NOT NULL,
  join_unless text, join_to text, join_else text, PRIMARY KEY (flow_id, step));
CREATE TABLE oa.rule_action (
  flow_id int, step text, action text, title text NOT NULL, part text NOT NULL, leads_to text NOT NULL, ends text NOT NULL, seat text NOT NULL, opinion text NOT NULL,
  effect text NOT NULL, counts boolean NOT NULL, last boolean NOT NULL, transfer boolean NOT NULL, final boolean NOT NULL, asks text[] NOT NULL,
  PRIMARY KEY (flow_id, step, action));
CREATE TABLE oa.rule_return (flow_id int, step text, action text, target text, PRIMARY KEY (flow_id, step, action, target));
CREATE TABLE oa.rule_pick (
  flow_id int, step text, action text, pick text, kind text NOT NULL, role text NOT NULL, unit_role text NOT NULL, within text NOT NULL, part text NOT NULL,
  keep boolean NOT NULL, other boolean NOT NULL, least int NOT NULL, most int NOT NULL, PRIMARY KEY (flow_id, step, action, pick));
-- who joins the readers on an occasion: a role of the organ or of the maker's unit, or the maker
CREATE TABLE oa.rule_reader (occasion text, role text, place text, PRIMARY KEY (occasion, role, place));
CREATE TABLE oa.rule_upward (doc_type text PRIMARY KEY, always boolean NOT NULL);
CREATE TABLE oa.rule_consent (kind text, role text, PRIMARY KEY (kind, role));
CREATE TABLE oa.rule_value (key text PRIMARY KEY, value jsonb NOT NULL);
