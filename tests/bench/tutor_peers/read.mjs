// SPDX-License-Identifier: GPL-3.0-or-later
// The AI SDK's provider readers over the same bytes as the benchmark "tutor".
//   node read.mjs WIRE CHUNK SECONDS FILE...
// Prints {bytes, cpu_us, tokens, characters}: all files read again and again until SECONDS of processor
// time are used, after one round that does not count.
import { readFileSync } from "node:fs";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";

const [wire, chunkText, secondsText, ...files] = process.argv.slice(2);
const chunk = Number(chunkText);
const bodies = files.map((file) => readFileSync(file));
let current;

function body() {
    let at = 0;
    return new ReadableStream({
        pull(controller) {
            if (at >= current.length) {
                controller.close();
                return;
            }
            controller.enqueue(new Uint8Array(current.buffer, current.byteOffset + at, Math.min(chunk, current.length - at)));
            at += chunk;
        },
    });
}
const options = {
    apiKey: "none",
    fetch: async () => new Response(body(), { headers: { "content-type": "text/event-stream" } }),
};
const models = {
    "openai-chat": () => createOpenAI(options).chat("gpt-4o"),
    "openai-responses": () => createOpenAI(options).responses("gpt-4o"),
    anthropic: () => createAnthropic(options)("claude-haiku-4-5"),
    gemini: () => createGoogleGenerativeAI(options)("gemini-2.5-flash"),
    "openai-compatible": () => createOpenAICompatible({ ...options, name: "local", baseURL: "http://localhost/v1" })("m"),
};
const model = models[wire]();
const prompt = [{ role: "user", content: [{ type: "text", text: "Hi" }] }];

let tokens = 0, characters = 0;
async function round() {
    tokens = characters = 0;
    for (current of bodies) {
        try {
            const { stream } = await model.doStream({ prompt, includeRawChunks: false });
            const reader = stream.getReader();
            for (let part = await reader.read(); !part.done; part = await reader.read()) {
                if (part.value.type === "text-delta" || part.value.type === "reasoning-delta") {
                    ++tokens;
                    characters += part.value.delta.length;
                }
            }
        } catch {
            // Errors at the start of a stream are thrown; their bytes were read all the same.
        }
    }
}

await round();
const size = bodies.reduce((sum, one) => sum + one.length, 0);
const start = process.cpuUsage();
let bytes = 0, used = 0;
do {
    await round();
    bytes += size;
    const now = process.cpuUsage(start);
    used = now.user + now.system;
} while (used < Number(secondsText) * 1e6);
console.log(JSON.stringify({ bytes, cpu_us: used, tokens: tokens * (bytes / size), characters }));
