-- SPDX-License-Identifier: GPL-3.0-or-later
-- Points that a teacher gives directly are not those of the bands of before: these go, with their
-- words.

create function academy.forget_criteria() returns trigger
language plpgsql set search_path = ''
as $$
begin
    -- mark_essay gives points first, and then by itself the criteria they come from.
    new.criteria := '{}';
    return new;
end
$$;
create trigger forget_criteria before update of points on public.marks
    for each row execute function academy.forget_criteria();

revoke all on function academy.forget_criteria() from public, anon, authenticated;
