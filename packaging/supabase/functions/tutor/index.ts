// SPDX-License-Identifier: GPL-3.0-or-later
// The academy's tutor: lets a signed-in learner ask one of the academy's models without ever seeing a
// key. POST a question, read the provider's own events. README.md beside the migrations has the contract.
import { readEnvironment } from "./environment.ts";
import { relay } from "./relay.ts";

const environment = readEnvironment(Deno.env);

Deno.serve((request) => relay(request, environment));
