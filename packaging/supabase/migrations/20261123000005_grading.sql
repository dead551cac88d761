-- SPDX-License-Identifier: GPL-3.0-or-later
-- Marking what keys can mark, and judging the result, in exact decimals.
--
-- Answer payloads, by item type:
--   choice {"choice":"b"}                  multi {"choices":["a","c"]}      truefalse {"value":true}
--   cloze {"gaps":{"g1":"text"}}           match, gapped-text {"pairs":{"l1":"r2"}}
--   order {"order":["c","a"]}              short, transform, dictation, essay {"text":"…"}
--   record {"text":"reference"}
-- Keys, one object per item id in exam_keys.keys:
--   choice {"correct":"b"}                 multi {"correct":["a","c"]}; both also {"credit":{"b":0.5}}
--   truefalse {"correct":true}             cloze {"gaps":{"g1":[accepted, …]}}
--   match, gapped-text {"pairs":{…}}       order {"order":[…]}
--   short, transform, dictation {"accept":[accepted, …]}
--   accepted: {"text", "credit": 0..1 (1), "match": exact | fold | fold-accents | regex (fold)}
-- Gaps, pairs and options earn in equal parts; a wrong option takes its part back, never below
-- nothing; an order earns by neighbours kept. Essays and recordings wait for a person.

create function academy.comparable(p_text text, p_match text) returns text
language plpgsql immutable set search_path = ''
as $$
declare
    v_text text := normalize(coalesce(p_text, ''), nfc);
begin
    v_text := translate(v_text, U&'\2019\2018\201B\02BC\00B4`\201C\201D\201E\00AB\00BB', '''''''''''''"""""');
    v_text := btrim(regexp_replace(v_text, '\s+', ' ', 'g'));
    if p_match = 'exact' or p_match = 'regex' then
        return v_text;
    end if;
    v_text := lower(v_text collate "und-x-icu");
    if p_match = 'fold-accents' then
        v_text := regexp_replace(normalize(v_text, nfd), U&'[\0300-\036F]', '', 'g');
    end if;
    return v_text;
end
$$;

-- The best credit among the accepted texts.
create function academy.text_credit(p_text text, p_accept jsonb) returns numeric
language plpgsql immutable set search_path = ''
as $$
declare
    v_one jsonb;
    v_match text;
    v_best numeric := 0;
    v_hit boolean;
begin
    if academy.comparable(p_text, 'exact') = '' then
        return 0;
    end if;
    for v_one in select a from jsonb_array_elements(p_accept) a loop
        v_match := coalesce(v_one ->> 'match', 'fold');
        if v_match = 'regex' then
            v_hit := academy.comparable(p_text, 'regex') ~* ('^(?:' || (v_one ->> 'text') || ')$');
        else
            v_hit := academy.comparable(p_text, v_match)
                = academy.comparable(v_one ->> 'text', v_match);
        end if;
        if v_hit then
            v_best := greatest(v_best, coalesce((v_one ->> 'credit')::numeric, 1));
        end if;
    end loop;
    return least(v_best, 1);
end
$$;

create function academy.is_answered(p_payload jsonb) returns boolean
language sql immutable
as $$
    select case
        when p_payload is null or jsonb_typeof(p_payload) <> 'object' then false
        when p_payload ? 'choice' then coalesce(p_payload ->> 'choice', '') <> ''
        when p_payload ? 'choices' then jsonb_typeof(p_payload -> 'choices') = 'array'
            and p_payload -> 'choices' <> '[]'
        when p_payload ? 'value' then jsonb_typeof(p_payload -> 'value') = 'boolean'
        when p_payload ? 'gaps' then p_payload @? '$.gaps.* ? (@ like_regex "\\S")'
        when p_payload ? 'pairs' then p_payload @? '$.pairs.* ? (@ != "" && @ != null)'
        when p_payload ? 'order' then jsonb_typeof(p_payload -> 'order') = 'array'
            and p_payload -> 'order' <> '[]'
        when p_payload ? 'text' then coalesce(p_payload ->> 'text', '') ~ '\S'
        else false end
$$;

create function academy.is_open_type(p_type text) returns boolean
language sql immutable
as $$ select p_type in ('essay', 'record') $$;

-- The share (0..1) of an item's points that an answer earns; null when only a person can say.
create function academy.item_share(p_item jsonb, p_key jsonb, p_answer jsonb) returns numeric
language plpgsql immutable set search_path = ''
as $$
declare
    v_type text := p_item ->> 'type';
    v_parts int;
    v_good numeric;
    v_order text[];
    v_given text[];
begin
    if academy.is_open_type(v_type) then
        return case when academy.is_answered(p_answer) then null else 0 end;
    end if;
    if not academy.is_answered(p_answer) or p_key is null then
        return 0;
    end if;
    case v_type
    when 'choice', 'multi' then
        v_given := case when v_type = 'choice' then array[p_answer ->> 'choice']
            else array(select distinct c from jsonb_array_elements_text(p_answer -> 'choices') c) end;
        if p_key ? 'credit' then
            select greatest(1, count(*)) into v_parts
            from jsonb_each_text(p_key -> 'credit') c where c.value::numeric > 0;
            select sum(coalesce((p_key -> 'credit' ->> g)::numeric,
                case when v_type = 'multi' then -1.0 / v_parts else 0 end)) into v_good
            from unnest(v_given) g;
            return least(1, greatest(0, v_good));
        end if;
        v_order := case jsonb_typeof(p_key -> 'correct')
            when 'array' then array(select c from jsonb_array_elements_text(p_key -> 'correct') c)
            else array[p_key ->> 'correct'] end;
        select count(*) filter (where g = any (v_order))
            - case when v_type = 'multi' then count(*) filter (where g <> all (v_order)) else 0 end
        into v_good
        from unnest(v_given) g;
        return greatest(0, v_good / case when v_type = 'multi' then cardinality(v_order) else 1 end);
    when 'truefalse' then
        return case when p_answer -> 'value' = p_key -> 'correct' then 1 else 0 end;
    when 'cloze' then
        select count(*), sum(academy.text_credit(p_answer -> 'gaps' ->> g.key, g.value))
        into v_parts, v_good
        from jsonb_each(p_key -> 'gaps') g;
        return case when v_parts > 0 then v_good / v_parts else 0 end;
    when 'match', 'gapped-text' then
        select count(*), count(*) filter (where p_answer -> 'pairs' ->> k.key = k.value)
        into v_parts, v_good
        from jsonb_each_text(p_key -> 'pairs') k;
        return case when v_parts > 0 then v_good / v_parts else 0 end;
    when 'order' then
        v_order := array(select o from jsonb_array_elements_text(p_key -> 'order') o);
        v_given := array(select o from jsonb_array_elements_text(p_answer -> 'order') o);
        v_parts := cardinality(v_order) - 1;
        if v_parts < 1 then
            return 0;
        end if;
        select count(*) into v_good
        from generate_series(1, v_parts) i
        where exists (
            select from generate_series(1, cardinality(v_given) - 1) j
            where v_given[j] = v_order[i] and v_given[j + 1] = v_order[i + 1]);
        return least(1, v_good / v_parts);
    when 'short', 'transform', 'dictation' then
        return academy.text_credit(p_answer ->> 'text', p_key -> 'accept');
    else
        return 0;
    end case;
end
$$;

-- The weighted percentage of some sections, held against a minimum without dividing: both sides are
-- multiplied by all maxima. Sections: [{id, weight, score, max}]; those worth nothing do not count.
create function academy.reaches(
    p_sections jsonb, p_min numeric, out met boolean, out percent numeric)
language plpgsql immutable set search_path = ''
as $$
declare
    v_one jsonb;
    v_product numeric := 1;
    v_sum numeric := 0;
    v_weights numeric := 0;
begin
    for v_one in
        select s from jsonb_array_elements(p_sections) s
        where (s ->> 'max')::numeric > 0 and (s ->> 'weight')::numeric > 0
    loop
        -- sum/product + w·score/max, kept as one fraction
        v_sum := v_sum * (v_one ->> 'max')::numeric
            + (v_one ->> 'weight')::numeric * (v_one ->> 'score')::numeric * v_product;
        v_product := v_product * (v_one ->> 'max')::numeric;
        v_weights := v_weights + (v_one ->> 'weight')::numeric;
    end loop;
    if v_weights = 0 then
        met := false;
        percent := null;
    else
        met := 100 * v_sum >= p_min * v_weights * v_product;
        percent := round(100 * v_sum / (v_weights * v_product), 2);
    end if;
end
$$;

-- All rules must hold. Metrics: total, section (of), each-section, group (of), each-group.
create function academy.judge(
    p_sections jsonb, p_groups jsonb, p_rules jsonb, out passed boolean, out findings jsonb)
language plpgsql immutable set search_path = ''
as $$
declare
    v_rule jsonb;
    v_target record;
    v_check record;
begin
    findings := '[]';
    passed := true;
    for v_rule in select r from jsonb_array_elements(p_rules) r loop
        for v_target in
            select null::text as name, p_sections as sections where v_rule ->> 'metric' = 'total'
            union all
            select s ->> 'id', jsonb_build_array(s) from jsonb_array_elements(p_sections) s
            where v_rule ->> 'metric' = 'each-section'
                or (v_rule ->> 'metric' = 'section' and s ->> 'id' = v_rule ->> 'of')
            union all
            select g.key, (select coalesce(jsonb_agg(s), '[]') from jsonb_array_elements(p_sections) s
                where g.value ? (s ->> 'id'))
            from jsonb_each(coalesce(p_groups, '{}')) g
            where v_rule ->> 'metric' = 'each-group'
                or (v_rule ->> 'metric' = 'group' and g.key = v_rule ->> 'of')
        loop
            select * into v_check from academy.reaches(v_target.sections, (v_rule ->> 'min')::numeric);
            findings := findings || jsonb_build_object('metric', v_rule ->> 'metric',
                'of', v_target.name, 'min', (v_rule ->> 'min')::numeric, 'percent', v_check.percent,
                'met', v_check.met);
            passed := passed and v_check.met;
        end loop;
    end loop;
    if findings = '[]' then
        passed := null;
    end if;
end
$$;

-- Folds the answers of an attempt into its result. Safe to repeat: the same facts give the same row.
create function academy.grade(p_attempt uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_attempt public.attempts;
    v_exam public.exams;
    v_keys jsonb;
    v_section jsonb;
    v_item jsonb;
    v_share numeric;
    v_points numeric;
    v_earned numeric;
    v_score numeric := 0;
    v_max numeric := 0;
    v_section_score numeric;
    v_section_max numeric;
    v_section_waits boolean;
    v_waits boolean := false;
    v_sections jsonb := '[]';
    v_items jsonb := '{}';
    v_answer jsonb;
    v_mark numeric;
    v_verdict record;
begin
    select * into v_attempt from public.attempts a where a.id = p_attempt;
    select e.* into v_exam from public.exams e
    join public.sittings s on s.exam_id = e.id where s.id = v_attempt.sitting_id;
    select k.keys into v_keys from public.exam_keys k where k.exam_id = v_exam.id;

    for v_section in select s from jsonb_array_elements(v_exam.paper -> 'sections') s loop
        v_section_score := 0;
        v_section_max := 0;
        v_section_waits := false;
        for v_item in select i from jsonb_array_elements(v_section -> 'items') i loop
            v_points := coalesce((v_item ->> 'points')::numeric, 0);
            continue when v_points = 0;
            select t.payload into v_answer from academy.attempt_items t
            where t.attempt_id = p_attempt and t.item_id = v_item ->> 'id';
            v_share := academy.item_share(v_item, v_keys -> (v_item ->> 'id'), v_answer);
            v_earned := round(v_points * v_share, 6);
            select m.points into v_mark from public.marks m
            where m.attempt_id = p_attempt and m.item_id = v_item ->> 'id';
            if v_mark is not null then
                v_earned := least(v_mark, v_points);
            end if;
            if v_earned is null then
                v_section_waits := true;
            end if;
            v_section_max := v_section_max + v_points;
            v_section_score := v_section_score + coalesce(v_earned, 0);
            v_items := v_items || jsonb_build_object(v_item ->> 'id', jsonb_build_object(
                'score', trim_scale(v_earned), 'max', trim_scale(v_points)));
        end loop;
        -- Thirds that add up to a whole are a whole.
        v_section_score := trim_scale(case
            when abs(v_section_score - round(v_section_score, 3)) <= 0.00001
            then round(v_section_score, 3) else v_section_score end);
        v_sections := v_sections || jsonb_build_object(
            'id', v_section ->> 'id', 'title', v_section ->> 'title', 'skill', v_section ->> 'skill',
            'weight', coalesce((v_section ->> 'weight')::numeric, v_section_max),
            'score', v_section_score, 'max', trim_scale(v_section_max),
            'percent', case when v_section_max > 0 then round(100 * v_section_score / v_section_max, 2) end,
            'needs_marking', v_section_waits);
        v_score := v_score + v_section_score;
        v_max := v_max + v_section_max;
        v_waits := v_waits or v_section_waits;
    end loop;

    select * into v_verdict from academy.judge(
        v_sections, v_exam.scheme -> 'groups', coalesce(v_exam.scheme -> 'pass', '[]'));
    insert into public.results as r (attempt_id, sitting_id, student_id, score, max_score, per_section,
        per_item, needs_marking, passed, findings, graded_at)
    values (p_attempt, v_attempt.sitting_id, v_attempt.student_id, trim_scale(v_score),
        trim_scale(v_max), v_sections, v_items, v_waits, case when not v_waits then v_verdict.passed end,
        v_verdict.findings, clock_timestamp())
    on conflict (attempt_id) do update
    set score = excluded.score, max_score = excluded.max_score, per_section = excluded.per_section,
        per_item = excluded.per_item, needs_marking = excluded.needs_marking, passed = excluded.passed,
        findings = excluded.findings, graded_at = excluded.graded_at, version = r.version + 1
    where (r.score, r.max_score, r.per_section, r.per_item, r.needs_marking, r.passed, r.findings)
        is distinct from (excluded.score, excluded.max_score, excluded.per_section, excluded.per_item,
            excluded.needs_marking, excluded.passed, excluded.findings);
end
$$;

create function academy.result_moves_progress() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    perform academy.fold_progress(new.student_id, c.course_id, 'exam', new.sitting_id)
    from public.sittings s join public.classes c on c.id = s.class_id
    where s.id = new.sitting_id;
    return null;
end
$$;
create trigger result_moves_progress after insert or update on public.results
    for each row execute function academy.result_moves_progress();

create function academy.result_row(p_result public.results) returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object('attempt_id', p_result.attempt_id, 'score', p_result.score,
        'max_score', p_result.max_score, 'per_section', p_result.per_section,
        'needs_marking', p_result.needs_marking, 'passed', p_result.passed,
        'findings', p_result.findings, 'graded_at', p_result.graded_at,
        'released_at', p_result.released_at)
$$;
