-- SPDX-License-Identifier: GPL-3.0-or-later
-- The demonstration academy: a course, two classes, two teachers, forty students, one paper and one
-- sitting for today. All texts were written for it; all people are invented. Everybody's password is
-- neolingus-demo. Running it again changes nothing.

update academy.settings set value = '"Academia Neolingus Demo"' where key = 'name';

create temporary table seed_people (id uuid, email text, name text, role text, locale text) on commit drop;
insert into seed_people values
    ('22222222-0000-4000-8000-000000000001', 'teacher@neolingus.demo', 'Amparo Climent', 'teacher', 'es'),
    ('22222222-0000-4000-8000-000000000002', 'other@neolingus.demo', 'Begoña Larrea', 'teacher', 'es');
insert into seed_people
select ('33333333-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
    'student' || lpad(n::text, 2, '0') || '@neolingus.demo', name, 'student',
    case when n % 3 = 0 then 'ca' else 'es' end
from unnest(array[
    'Lucía Ferrer', 'Marc Soler', 'Carla Ibáñez', 'Àlex Navarro', 'Paula Giner', 'Hugo Martínez',
    'Nerea Sanchis', 'Pau Llorens', 'Irene Calatayud', 'Adrián Pons', 'Marta Beltrán', 'Jordi Esteve',
    'Sara Domínguez', 'Vicent Peris', 'Aitana Roig', 'Daniel Cabrera', 'Júlia Mestre', 'Sergio Palau',
    'Elena Tormo', 'Arnau Vidal', 'Claudia Rovira', 'Ximo Ribes', 'Noelia Gil', 'Biel Sastre',
    'Laura Quiles', 'Rubén Alcaraz', 'Empar Montaner', 'Iván Torres', 'Mireia Doménech', 'Óscar Hidalgo',
    'Ana Belén Cuesta', 'Joan Segarra', 'Celia Marco', 'Toni Bosch', 'Raquel Ortuño', 'Ferran Català',
    'Silvia Mora', 'Guillem Aparici', 'Patricia Lozano', 'Nil Fabregat'])
    with ordinality as people (name, n);

insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at,
    raw_app_meta_data, raw_user_meta_data, created_at, updated_at, confirmation_token, recovery_token,
    email_change, email_change_token_new)
select '00000000-0000-0000-0000-000000000000', p.id, 'authenticated', 'authenticated', p.email,
    -- A low cost: the password is printed above.
    extensions.crypt('neolingus-demo', extensions.gen_salt('bf', 6)), now(),
    jsonb_build_object('provider', 'email', 'providers', jsonb_build_array('email'), 'role', p.role),
    jsonb_build_object('display_name', p.name, 'locale', p.locale), now(), now(), '', '', '', ''
from seed_people p
on conflict (id) do nothing;

insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at,
    updated_at)
select p.id::text, p.id, jsonb_build_object('sub', p.id, 'email', p.email, 'email_verified', true),
    'email', now(), now(), now()
from seed_people p
on conflict (provider_id, provider) do nothing;

insert into public.courses (id, title, target_lang, level) values
    ('11111111-0000-4000-8000-000000000001', 'English B2', 'en', 'B2'),
    ('11111111-0000-4000-8000-000000000011', 'English B1', 'en', 'B1')
on conflict (id) do nothing;

insert into public.classes (id, course_id, name) values
    ('11111111-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000001', 'B2 Evening'),
    ('11111111-0000-4000-8000-000000000012', '11111111-0000-4000-8000-000000000011', 'B1 Saturday')
on conflict (id) do nothing;

-- Students 1 to 36 are in the evening class; 37 to 40 study with the other teacher.
insert into public.class_members (class_id, user_id, role, seat_group)
select case when p.email = 'other@neolingus.demo' or right(p.id::text, 2) between '37' and '40'
        then '11111111-0000-4000-8000-000000000012'::uuid
        else '11111111-0000-4000-8000-000000000002'::uuid end,
    p.id, p.role,
    case when p.role = 'teacher' then '' else chr(65 + (right(p.id::text, 2)::int - 1) / 9) end
from seed_people p
on conflict do nothing;

insert into public.exams (id, course_id, title, paper, scheme, created_by) values (
'11111111-0000-4000-8000-000000000003',
'11111111-0000-4000-8000-000000000001',
'B2 mock, evening paper',
$paper${
"stimuli": [
 {"id": "market", "title": "The market that would not close",
  "text": "When the council announced that the covered market in Ruzafa Street would be pulled down, most people in the neighbourhood took the news calmly. The roof leaked, half of the stalls had stood empty for years, and the supermarket on the corner was cheaper. A petition was started, but it gathered fewer than two hundred names.\n\nWhat changed their minds was not an argument but a power cut. One January evening the whole district lost its electricity for nine hours. The supermarket, with its automatic doors and electronic tills, had to shut. In the market, however, three stallholders lit the paraffin lamps their grandparents had used, wrote prices on cardboard and carried on. By eight o'clock, Dolors Ripoll remembers, there was a queue right round the building. \"People had come for bread and batteries,\" she says, \"but they stayed to talk. I sold in one night what I normally sell in a fortnight, and I am not sure I care about the money.\"\n\nWithin a week the petition had four thousand signatures. The council, which had already paid an architect for the new plans, was far from pleased; it gave way only after the architect himself, a customer as it turned out, offered to redraw them without charge. The market will keep its iron frame and gain a roof that does not leak. The stalls that stood empty are to be let to young producers at half the usual rent for their first two years.\n\nNot everybody is convinced. Some traders fear that a restored market will fill with visitors taking photographs and buying nothing. Ripoll shrugs. \"They said the supermarket would finish us, and then that the building would,\" she says, tying up a bunch of thyme. \"Let them take their photographs. Sooner or later the lights go out, and then we shall see who is open.\""},
 {"id": "notices", "title": "Four short notices",
  "text": "A. Our night walks leave from the old bridge at ten. Bring a torch, and leave your dog at home: the bats do not care for company.\n\nB. Found: one saxophone, on the number 6 bus, last Tuesday. The owner may have it back after naming the tune that was written on the paper inside the case.\n\nC. The pottery studio is looking for somebody to open up on Sunday mornings. We cannot pay you, but the kiln will be yours until two.\n\nD. Owing to repairs, members are asked to enter the library by the garden gate until further notice. Books may still be returned at the front."}
],
"sections": [
 {"id": "reading", "title": "Reading", "skill": "reading", "minutes": 22, "weight": 40, "items": [
  {"id": "r1", "type": "choice", "skill": "reading", "stimulus": "market", "points": 2,
   "prompt": {"en": "How did most neighbours react at first to the council's decision?"},
   "options": [
    {"id": "a", "text": "They organised a large protest."},
    {"id": "b", "text": "They accepted it without much fuss."},
    {"id": "c", "text": "They were pleased because of the jobs it would bring."},
    {"id": "d", "text": "They did not believe it would happen."}]},
  {"id": "r2", "type": "choice", "skill": "reading", "stimulus": "market", "points": 2,
   "prompt": {"en": "Why did the council finally change its plans?"},
   "options": [
    {"id": "a", "text": "The supermarket agreed to share the cost."},
    {"id": "b", "text": "The new building turned out to be too expensive."},
    {"id": "c", "text": "The architect was willing to do new drawings for nothing."},
    {"id": "d", "text": "A court decided in favour of the stallholders."}]},
  {"id": "r3", "type": "multi", "skill": "reading", "stimulus": "market", "points": 3,
   "prompt": {"en": "Which THREE things does the text say about the market's future?"},
   "options": [
    {"id": "a", "text": "It will keep its metal structure."},
    {"id": "b", "text": "It will close earlier in the evening."},
    {"id": "c", "text": "New traders will pay a lower rent at first."},
    {"id": "d", "text": "The roof will be repaired or replaced."},
    {"id": "e", "text": "Photography will be forbidden inside."}]},
  {"id": "r4", "type": "truefalse", "skill": "reading", "stimulus": "market", "points": 1,
   "prompt": {"en": "On the night of the power cut the supermarket had to shut."}},
  {"id": "r5", "type": "truefalse", "skill": "reading", "stimulus": "market", "points": 1,
   "prompt": {"en": "Dolors Ripoll is worried that tourists will ruin her business."}},
  {"id": "r6", "type": "match", "skill": "reading", "stimulus": "notices", "points": 4,
   "prompt": {"en": "Match each notice with the person who would be interested in it."},
   "left": [
    {"id": "A", "text": "Notice A"}, {"id": "B", "text": "Notice B"},
    {"id": "C", "text": "Notice C"}, {"id": "D", "text": "Notice D"}],
   "right": [
    {"id": "p1", "text": "Someone who would like to make things and can get up at the weekend."},
    {"id": "p2", "text": "A musician who has had an unlucky week."},
    {"id": "p3", "text": "A reader who has to bring back a novel today."},
    {"id": "p4", "text": "A nature lover who does not mind going to bed late."},
    {"id": "p5", "text": "A dog owner looking for company on walks."}]},
  {"id": "r7", "type": "order", "skill": "reading", "stimulus": "market", "points": 3,
   "prompt": {"en": "Put the events in the order in which they happened."},
   "options": [
    {"id": "e1", "text": "The petition passed four thousand names."},
    {"id": "e2", "text": "The council announced that the market would be pulled down."},
    {"id": "e3", "text": "The architect offered to draw the plans again."},
    {"id": "e4", "text": "The lights went out in the whole district."}]}]},
 {"id": "use", "title": "Use of English", "skill": "use", "minutes": 18, "weight": 40, "items": [
  {"id": "u1", "type": "cloze", "skill": "use", "points": 6,
   "prompt": {"en": "Choose the word that fits each gap."},
   "text": "Learning to cook as an adult is a strange experience. At first you {{g1}} every instruction to the letter, weighing flour as if it were gold. Then one evening you {{g2}} out of lemons, use vinegar {{g3}}, and nobody notices. From that moment on recipes are merely advice. My neighbour, who {{g4}} me to bake, never owned a scale; she could {{g5}} by the sound of the dough whether it needed water. I used to think she was exaggerating. Now I am not so {{g6}}.",
   "gaps": [
    {"id": "g1", "options": ["follow", "pursue", "chase", "continue"]},
    {"id": "g2", "options": ["go", "come", "run", "stay"]},
    {"id": "g3", "options": ["rather", "instead", "otherwise", "besides"]},
    {"id": "g4", "options": ["learned", "showed", "explained", "taught"]},
    {"id": "g5", "options": ["say", "tell", "know", "speak"]},
    {"id": "g6", "options": ["sure", "safe", "secure", "true"]}]},
  {"id": "u2", "type": "cloze", "skill": "use", "points": 5,
   "prompt": {"en": "Write ONE word in each gap."},
   "text": "I had been living in the city {{g1}} almost ten years before I discovered the river. It runs under the main square, covered since 1936, and hardly anyone knows {{g2}} is there. Twice a year a small group is allowed to go down, {{g3}} long as they wear boots and do {{g4}} they are told. The guide carries the only lamp. If she switched it off, you would not be able to see {{g5}} own hand.",
   "gaps": [{"id": "g1"}, {"id": "g2"}, {"id": "g3"}, {"id": "g4"}, {"id": "g5"}]},
  {"id": "u3", "type": "cloze", "skill": "use", "points": 4,
   "prompt": {"en": "Change the word in brackets so that it fits."},
   "text": "The {{g1}} of the tunnel took eleven years. At the {{g2}} nobody mentioned the engineer who had first proposed it, which many found deeply {{g3}}. She had been right all along, but {{g4}} had been spent on studies that proved nothing.",
   "gaps": [
    {"id": "g1", "stem": "construct"}, {"id": "g2", "stem": "celebrate"},
    {"id": "g3", "stem": "fair"}, {"id": "g4", "stem": "million"}]},
  {"id": "u4", "type": "transform", "skill": "use", "points": 2, "keyWord": "WISH", "minWords": 2, "maxWords": 5,
   "prompt": {"en": "I regret not taking your advice. → I ________ your advice."}},
  {"id": "u5", "type": "transform", "skill": "use", "points": 2, "keyWord": "LONG", "minWords": 2, "maxWords": 5,
   "prompt": {"en": "When did you start working here? → How ________ here?"}},
  {"id": "u6", "type": "transform", "skill": "use", "points": 2, "keyWord": "CALLED", "minWords": 2, "maxWords": 5,
   "prompt": {"en": "They called off the concert because of the rain. → The concert ________ because of the rain."}},
  {"id": "u7", "type": "short", "skill": "use", "points": 1,
   "prompt": {"en": "Write the preposition: She insisted ____ paying for everybody."}},
  {"id": "u8", "type": "short", "skill": "use", "points": 1,
   "prompt": {"en": "Write one word: Hardly ____ we sat down when the music stopped."}},
  {"id": "u9", "type": "choice", "skill": "use", "points": 1,
   "prompt": {"en": "Not until the last guest had left ________ the broken window."},
   "options": [
    {"id": "a", "text": "we noticed"}, {"id": "b", "text": "did we notice"},
    {"id": "c", "text": "we did notice"}, {"id": "d", "text": "noticed we"}]},
  {"id": "u10", "type": "multi", "skill": "use", "points": 2,
   "prompt": {"en": "Which TWO sentences are correct?"},
   "options": [
    {"id": "a", "text": "I look forward to hearing from you."},
    {"id": "b", "text": "She suggested me to take the train."},
    {"id": "c", "text": "He would rather we stayed at home."},
    {"id": "d", "text": "I am used to get up early."}]},
  {"id": "u11", "type": "match", "skill": "use", "points": 4,
   "prompt": {"en": "Match each phrasal verb with its meaning."},
   "left": [
    {"id": "l1", "text": "put up with"}, {"id": "l2", "text": "turn down"},
    {"id": "l3", "text": "get over"}, {"id": "l4", "text": "look into"}],
   "right": [
    {"id": "m1", "text": "recover from"}, {"id": "m2", "text": "tolerate"},
    {"id": "m3", "text": "investigate"}, {"id": "m4", "text": "refuse"},
    {"id": "m5", "text": "admire"}]}]},
 {"id": "writing", "title": "Writing", "skill": "writing", "minutes": 20, "weight": 20, "items": [
  {"id": "w1", "type": "essay", "skill": "writing", "points": 20, "minWords": 140, "maxWords": 190,
   "prompt": {"en": "Your school magazine has asked: \"Should every town keep its old market, even if a supermarket is cheaper?\" Write an essay. Discuss the price of food, the life of the neighbourhood, and one further idea of your own. Give reasons for your opinion."}}]}
]}$paper$,
'{"groups": {}, "pass": [{"metric": "each-section", "min": 40}, {"metric": "total", "min": 60}]}',
'22222222-0000-4000-8000-000000000001')
on conflict (id) do nothing;

insert into public.exam_keys (exam_id, keys) values (
'11111111-0000-4000-8000-000000000003',
$keys${
"r1": {"correct": "b"},
"r2": {"correct": "c"},
"r3": {"correct": ["a", "c", "d"]},
"r4": {"correct": true},
"r5": {"correct": false},
"r6": {"pairs": {"A": "p4", "B": "p2", "C": "p1", "D": "p3"}},
"r7": {"order": ["e2", "e4", "e1", "e3"]},
"u1": {"gaps": {
  "g1": [{"text": "follow"}], "g2": [{"text": "run"}], "g3": [{"text": "instead"}],
  "g4": [{"text": "taught"}], "g5": [{"text": "tell"}], "g6": [{"text": "sure"}]}},
"u2": {"gaps": {
  "g1": [{"text": "for"}], "g2": [{"text": "it"}], "g3": [{"text": "as"}, {"text": "so"}],
  "g4": [{"text": "as"}, {"text": "what"}], "g5": [{"text": "your"}]}},
"u3": {"gaps": {
  "g1": [{"text": "construction"}], "g2": [{"text": "celebration"}, {"text": "celebrations"}],
  "g3": [{"text": "unfair"}], "g4": [{"text": "millions"}]}},
"u4": {"accept": [{"text": "wish (that )?I( had|'d) taken", "match": "regex"}]},
"u5": {"accept": [{"text": "long have you been working"}, {"text": "long have you worked"}]},
"u6": {"accept": [{"text": "was called off"}, {"text": "has been called off", "credit": 0.5},
  {"text": "had to be called off", "credit": 0.5}]},
"u7": {"accept": [{"text": "on"}]},
"u8": {"accept": [{"text": "had"}]},
"u9": {"correct": "b"},
"u10": {"correct": ["a", "c"]},
"u11": {"pairs": {"l1": "m2", "l2": "m4", "l3": "m1", "l4": "m3"}}
}$keys$)
on conflict (exam_id) do nothing;

-- A mock paper: it shows in the rings as soon as it is handed in.
insert into public.sittings (id, exam_id, class_id, title, opens_at, closes_at, duration_s, created_by, hold_progress)
values ('11111111-0000-4000-8000-000000000004', '11111111-0000-4000-8000-000000000003',
    '11111111-0000-4000-8000-000000000002', 'B2 mock, evening paper',
    date_trunc('hour', now()), date_trunc('hour', now()) + interval '10 hours', 3600,
    '22222222-0000-4000-8000-000000000001', false)
on conflict (id) do nothing;

-- Some weeks of study, so that nobody begins with empty rings. The same ids every time; an id says
-- whose answer it is and which.
insert into public.study_events
    (user_id, id, course_id, kind, skill, item_id, correct, happened_at)
select e.user_id, md5('seed answer ' || e.user_id || n)::uuid, e.course_id, 'answer',
    (array['reading', 'listening', 'writing', 'speaking', 'language'])[1 + n % 5],
    'seed-' || n,
    -- Who is better at what is scattered, but always the same.
    ('x' || left(md5(e.user_id || '-' || n), 4))::bit(16)::int % 100
        < 45 + ('x' || left(md5(e.user_id || ':' || n % 5), 4))::bit(16)::int % 45,
    now() - make_interval(hours => 6 * n)
from public.enrolments e
cross join generate_series(1, 120) n
where e.user_id::text like '33333333-0000-4000-8000-%'
    and n <= 40 + ('x' || left(md5(e.user_id::text), 4))::bit(16)::int % 80
on conflict do nothing;
