// SPDX-License-Identifier: GPL-3.0-or-later
// The official JavaScript client as a listener of the benchmark "client"; prints what client_receiver
// prints.   node realtime_js.mjs URL KEY TOKEN changes|broadcasts COUNT
import { createRequire } from "node:module";

const require = createRequire(new URL("../contract/package.json", import.meta.url));
const { RealtimeClient } = require("@supabase/realtime-js");
const transport = require("ws");

const [url, key, token, kind, wanted] = process.argv.slice(2);
const count = Number(wanted);
const client = new RealtimeClient(url.replace(/^http/, "ws") + "/realtime/v1", {
    params: { apikey: key },
    transport,
    vsn: "2.0.0",
});
await client.setAuth(token);

let taken = 0, next = 0, lost = 0, disordered = 0, startedAt = 0n, cpuAtStart;
function start() {
    startedAt = process.hrtime.bigint();
    cpuAtStart = process.cpuUsage();
    process.stdout.write("live\n");
}
function take(number) {
    if (number < next) {
        ++disordered;
    } else {
        lost += number - next;
        next = number + 1;
    }
    if (++taken % 1000 === 0) {
        process.stdout.write(`at ${taken}\n`);
    }
    if (taken < count) {
        return;
    }
    const used = process.cpuUsage(cpuAtStart);
    process.stdout.write(JSON.stringify({
        messages: taken, lost, disordered, cpu_us: used.user + used.system,
        wall_us: Number((process.hrtime.bigint() - startedAt) / 1000n),
        rss_kib: Math.round(process.memoryUsage().rss / 1024),
    }) + "\n", () => process.exit(0));
}

const channel = client.channel("bench");
if (kind === "changes") {
    channel.on("postgres_changes", { event: "*", schema: "public", table: "bench_rows" }, (change) => take(change.new.n));
    channel.on("system", {}, (message) => {
        if (message.extension === "postgres_changes" && message.status === "ok") {
            start();
        }
    });
} else {
    channel.on("broadcast", { event: "row" }, (message) => take(message.payload.n));
}
channel.subscribe((status, problem) => {
    if (status === "SUBSCRIBED" && kind === "broadcasts") {
        start();
    } else if (status !== "SUBSCRIBED") {
        process.stderr.write(`${status} ${problem ?? ""}\n`);
        process.exit(1);
    }
});
