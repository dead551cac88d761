// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/Figure.h"
#include "tutor/TutorProviders.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <ctime>

/// How fast the tutor's decoders read, beside the AI SDK's provider readers over the same bytes, cut
/// the same way, in one run: megabytes per second of processor time, and processor time per token.
/// Reads recorded streams where NEOLINGUS_SHARED_DATA names them, otherwise self-made ones.
namespace {

/// What a busy connection brings at once.
constexpr qsizetype chunk = 4'096;
constexpr double secondsPerMeasure = 2;

struct Measure
{
    double bytes = 0;
    double cpuSeconds = 0;
    double tokens = 0;
    qint64 characters = 0; ///< of one round

    double megabytesPerSecond() const { return bytes / cpuSeconds / 1e6; }
    double microsPerToken() const { return cpuSeconds * 1e6 / tokens; }
};

double processorSeconds()
{
    timespec used {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return double(used.tv_sec) + double(used.tv_nsec) / 1e9;
}

QByteArray fileBytes(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Count
{
    qint64 tokens = 0;
    qint64 characters = 0;

    void add(const std::vector<TutorEvent>& events)
    {
        for (const TutorEvent& event : events) {
            if (const auto* text = std::get_if<TextDelta>(&event)) {
                ++tokens;
                characters += text->text.size();
            } else if (const auto* reasoning = std::get_if<ReasoningDelta>(&event)) {
                ++tokens;
                characters += reasoning->text.size();
            }
        }
    }
};

Count readAll(TutorWire wire, const QList<QByteArray>& bodies)
{
    Count count;
    for (const QByteArray& body : bodies) {
        const auto decoder = tutorProvider(wire).decoder(200, {});
        for (QByteArrayView rest = body; !rest.isEmpty(); rest = rest.sliced(std::min(chunk, rest.size()))) {
            count.add(decoder->feed(rest.first(std::min(chunk, rest.size()))));
        }
        count.add(decoder->end());
    }
    return count;
}

Measure ours(TutorWire wire, const QStringList& files)
{
    QList<QByteArray> bodies;
    qint64 size = 0;
    for (const QString& file : files) {
        bodies.append(fileBytes(file));
        size += bodies.last().size();
    }
    readAll(wire, bodies);
    Measure measure;
    const double start = processorSeconds();
    do {
        const Count count = readAll(wire, bodies);
        measure.bytes += double(size);
        measure.tokens += double(count.tokens);
        measure.characters = count.characters;
        measure.cpuSeconds = processorSeconds() - start;
    } while (measure.cpuSeconds < secondsPerMeasure);
    return measure;
}

std::optional<Measure> peers(TutorWire wire, const QStringList& files)
{
    QProcess node;
    node.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    node.setWorkingDirectory(QStringLiteral(NEOLINGUS_BENCH_DIR "/tutor_peers"));
    node.start(QStringLiteral(NEOLINGUS_NODE),
        QStringList {QStringLiteral("read.mjs"), tutorWireName(wire), QString::number(chunk), QString::number(secondsPerMeasure)} + files);
    if (!node.waitForFinished(300'000) || node.exitCode() != 0) {
        return std::nullopt;
    }
    const QJsonObject said = QJsonDocument::fromJson(node.readAllStandardOutput()).object();
    return Measure {said[QStringLiteral("bytes")].toDouble(), said[QStringLiteral("cpu_us")].toDouble() / 1e6,
        said[QStringLiteral("tokens")].toDouble(), said[QStringLiteral("characters")].toInteger()};
}

/// A reply of 20,000 words, as each wire would write it.
QByteArray selfMade(TutorWire wire)
{
    constexpr int words = 20'000;
    QByteArray body;
    const auto frame = [&body](const QByteArray& event, const QByteArray& json) {
        body += event.isEmpty() ? QByteArray() : "event: " + event + '\n';
        body += "data: " + json + "\n\n";
    };
    const auto word = [](int i) { return i % 40 == 39 ? QByteArray("\\n\\n") : " palabra" + QByteArray::number(i); };
    switch (wire) {
    case TutorWire::OpenAiChat:
    case TutorWire::OpenAiCompatible: {
        const QByteArray start = "{\"id\":\"chatcmpl-7Yk2\",\"object\":\"chat.completion.chunk\",\"created\":1795000000,\"model\":\"some-model\","
                                 "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_1\",\"choices\":[{\"index\":0,\"delta\":{";
        for (int i = 0; i < words; ++i) {
            frame({}, start + "\"content\":\"" + word(i) + "\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}");
        }
        frame({}, start + "},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":null}");
        body += "data: [DONE]\n\n";
        break;
    }
    case TutorWire::OpenAiResponses:
        frame("response.created", "{\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1795000000,\"status\":\"in_progress\",\"model\":\"some-model\",\"output\":[]}}");
        frame("response.output_item.added", "{\"type\":\"response.output_item.added\",\"sequence_number\":1,\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\",\"content\":[],\"role\":\"assistant\"}}");
        for (int i = 0; i < words; ++i) {
            frame("response.output_text.delta", "{\"type\":\"response.output_text.delta\",\"sequence_number\":" + QByteArray::number(i + 2)
                    + ",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"" + word(i) + "\",\"logprobs\":[],\"obfuscation\":\"aZ9kQ2\"}");
        }
        frame("response.completed", "{\"type\":\"response.completed\",\"sequence_number\":20003,\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1795000000,\"status\":\"completed\",\"model\":\"some-model\",\"output\":[],\"usage\":{\"input_tokens\":9,\"output_tokens\":20000,\"total_tokens\":20009}}}");
        break;
    case TutorWire::Anthropic:
        frame("message_start", "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"some-model\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}");
        frame("content_block_start", "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
        for (int i = 0; i < words; ++i) {
            frame("content_block_delta", "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + word(i) + "\"}         }");
        }
        frame("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}");
        frame("message_delta", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":20000}}");
        frame("message_stop", "{\"type\":\"message_stop\"}");
        break;
    case TutorWire::Gemini:
        for (int i = 0; i < words; ++i) {
            const QByteArray end = i == words - 1 ? ",\"finishReason\":\"STOP\"" : "";
            frame({}, "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"" + word(i) + "\"}],\"role\": \"model\"}" + end
                    + ",\"index\": 0}],\"usageMetadata\": {\"promptTokenCount\": 9,\"candidatesTokenCount\": " + QByteArray::number(i)
                    + ",\"totalTokenCount\": " + QByteArray::number(i + 9) + "},\"modelVersion\": \"some-model\",\"responseId\": \"r1\"}");
        }
        body.replace("\n", "\r\n");
        break;
    }
    return body;
}

QStringList streamsOf(TutorWire wire, const QTemporaryDir& made)
{
    const QString data = qEnvironmentVariable("NEOLINGUS_SHARED_DATA");
    QStringList files;
    if (data.isEmpty()) {
        QFile file(made.filePath(tutorWireName(wire)));
        if (file.open(QIODevice::WriteOnly)) {
            file.write(selfMade(wire));
            files.append(file.fileName());
        }
    } else {
        const QDir folder(data + QStringLiteral("/ai-streams/") + tutorWireName(wire));
        for (const QString& name : folder.entryList({QStringLiteral("*.sse")}, QDir::Files, QDir::Name)) {
            files.append(folder.filePath(name));
        }
    }
    return files;
}

} // namespace

int main(int count, char** words)
{
    const QCoreApplication program(count, words);
    const QTemporaryDir made;
    for (const TutorWire wire : {TutorWire::OpenAiChat, TutorWire::OpenAiResponses, TutorWire::Anthropic,
             TutorWire::Gemini, TutorWire::OpenAiCompatible}) {
        const QStringList files = streamsOf(wire, made);
        const Measure our = ours(wire, files);
        const auto peer = peers(wire, files);
        if (!peer || peer->tokens <= 0) {
            std::fprintf(stderr, "bench_tutor: the AI SDK did not read %s\n", qPrintable(tutorWireName(wire)));
            return 1;
        }
        std::fprintf(stderr, "%s: %lld files, %lld characters read, the AI SDK %lld\n", qPrintable(tutorWireName(wire)),
            qlonglong(files.size()), our.characters, peer->characters);
        const QString name = QStringLiteral("tutor_decode_") + tutorWireName(wire);
        const QString who = QStringLiteral("AI SDK 7, Node.js");
        printFigure(name, our.megabytesPerSecond(), QStringLiteral("MB per CPU second"), who, peer->megabytesPerSecond());
        printFigure(name + QStringLiteral("_token"), our.microsPerToken(), QStringLiteral("CPU microseconds per token"), who, peer->microsPerToken());
    }
    return 0;
}
