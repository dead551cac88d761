// SPDX-License-Identifier: GPL-3.0-or-later
#include "WireTest.h"
#include "tutor/ThinkTags.h"
#include "wire/SseParser.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

using namespace wiretest;

namespace {

/// Two-part cuts cost the square of the size.
constexpr qsizetype largestCutEverywhere = 4'096;

QByteArray fileBytes(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonDocument jsonFile(const QString& path)
{
    return QJsonDocument::fromJson(fileBytes(path));
}

/// Streams whose faithful reading is not what the collection's plain extractor wrote down.
struct Particular
{
    const char* file;
    const char* ending;
};
constexpr Particular particulars[] = {
    {"an031_", "error: server_error"}, // a second message inside the first: what came before it stays
    {"or022_", "error: quota"},
    {"ge023_", "error: key_invalid"}, // the body is a JSON error and no stream
    {"ge027_", "error: bad_request"},
};

qint64 number(const QJsonObject& json, const char* name)
{
    return json.value(QLatin1String(name)).toInteger(-1);
}

qint64 inside(const QJsonObject& json, const char* group, const char* name)
{
    return number(json.value(QLatin1String(group)).toObject(), name);
}

qint64 sum(std::initializer_list<qint64> counts)
{
    qint64 total = 0;
    for (const qint64 count : counts) {
        total += std::max<qint64>(count, 0);
    }
    return total;
}

/// What a provider's own counts mean in ours.
TutorUsage usageOf(TutorWire wire, const QJsonObject& raw)
{
    TutorUsage usage;
    if (raw.isEmpty()) {
        return usage;
    }
    switch (wire) {
    case TutorWire::OpenAiChat:
    case TutorWire::OpenAiCompatible:
        usage = {number(raw, "prompt_tokens"), number(raw, "completion_tokens"),
            inside(raw, "prompt_tokens_details", "cached_tokens"),
            inside(raw, "completion_tokens_details", "reasoning_tokens"),
            inside(raw, "prompt_tokens_details", "cache_write_tokens")};
        if (usage.reasoning > 0 && number(raw, "total_tokens") == sum({usage.input, usage.output, usage.reasoning})) {
            usage.output += usage.reasoning;
        }
        return usage;
    case TutorWire::OpenAiResponses:
        return {number(raw, "input_tokens"), number(raw, "output_tokens"),
            inside(raw, "input_tokens_details", "cached_tokens"),
            inside(raw, "output_tokens_details", "reasoning_tokens"),
            inside(raw, "input_tokens_details", "cache_write_tokens")};
    case TutorWire::Anthropic:
        usage.cachedInput = number(raw, "cache_read_input_tokens");
        usage.cacheWritten = number(raw, "cache_creation_input_tokens");
        usage.input = sum({number(raw, "input_tokens"), usage.cachedInput, usage.cacheWritten});
        usage.output = number(raw, "output_tokens");
        usage.reasoning = inside(raw, "output_tokens_details", "thinking_tokens");
        return usage;
    case TutorWire::Gemini:
        usage.reasoning = number(raw, "thoughtsTokenCount");
        usage.input = number(raw, "promptTokenCount");
        if (const qint64 tools = number(raw, "toolUsePromptTokenCount"); tools > 0) {
            usage.input = sum({usage.input, tools});
        }
        usage.output = number(raw, "candidatesTokenCount");
        if (usage.reasoning > 0) {
            usage.output = sum({usage.output, usage.reasoning});
        }
        usage.cachedInput = number(raw, "cachedContentTokenCount");
        return usage;
    }
    return usage;
}

QJsonValue parsed(const QString& text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    return document.isObject() ? QJsonValue(document.object()) : QJsonValue(text);
}

} // namespace

/// Streams recorded from real providers are not part of the project; where they lie beside it,
/// NEOLINGUS_SHARED_DATA names the folder. NEOLINGUS_EVERY_CUT=1 cuts every file at every byte.
class TestRecordedStreams : public QObject
{
    Q_OBJECT

    QDir m_data;

private Q_SLOTS:
    void initTestCase()
    {
        const QString data = QString::fromLocal8Bit(qgetenv("NEOLINGUS_SHARED_DATA"));
        if (data.isEmpty()) {
            QSKIP("NEOLINGUS_SHARED_DATA is not set");
        }
        m_data.setPath(data + QStringLiteral("/ai-streams"));
        QVERIFY(m_data.exists());
    }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void recorded_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("wire");
        const auto rows = [this](const QString& folder, const QString& pattern, TutorWire wire) {
            const QStringList names = QDir(m_data.filePath(folder)).entryList({pattern});
            for (const QString& name : names) {
                QTest::newRow(qPrintable(name)) << m_data.filePath(folder + QLatin1Char('/') + name) << int(wire);
            }
            return names.size();
        };
        qsizetype count = 0;
        for (const TutorWire wire : {TutorWire::OpenAiChat, TutorWire::OpenAiResponses, TutorWire::Anthropic,
                 TutorWire::Gemini, TutorWire::OpenAiCompatible}) {
            count += rows(tutorWireName(wire), QStringLiteral("*.sse"), wire);
        }
        count += rows(QStringLiteral("gemini-jsonarray"), QStringLiteral("*.json"), TutorWire::Gemini);
        count += rows(QStringLiteral("ollama-native"), QStringLiteral("*.ndjson"), TutorWire::OpenAiCompatible);
        QCOMPARE(count, 372);
    }
    void recorded()
    {
        QFETCH(QString, file);
        QFETCH(int, wire);
        const QByteArray body = fileBytes(file);
        QVERIFY(!body.isEmpty());
        const WholeReply reply = replyOf(TutorWire(wire), body);
        QCOMPARE(reply.endings, 1);
        const QString name = QFileInfo(file).completeBaseName();
        const QString expectedPath = m_data.filePath(QStringLiteral("expected/%1.json").arg(name));
        if (QFile::exists(expectedPath)) {
            compare(TutorWire(wire), name, reply, jsonFile(expectedPath).object());
        } else {
            // No expected values are kept for these two formats: what they must agree with is themselves.
            QVERIFY(reply.finished);
            QVERIFY(reply.finished->reason == FinishReason::Stop || reply.finished->reason == FinishReason::Tool);
            QVERIFY(!reply.text.isEmpty() || !reply.toolCalls.isEmpty());
            QVERIFY(reply.usage.output > 0);
        }
        if (QTest::currentTestFailed()) {
            return;
        }
        QVERIFY(replyByteByByte(TutorWire(wire), body) == reply);
        SeededRandom random(quint64(body.size()));
        for (int round = 0; round < 4; ++round) {
            QVERIFY(replyOf(TutorWire(wire), body, randomCuts(random, body.size(), 30)) == reply);
        }
        if (body.size() < largestCutEverywhere || qEnvironmentVariableIsSet("NEOLINGUS_EVERY_CUT")) {
            QVERIFY(isSameAtEveryCut(TutorWire(wire), body, reply));
        }
    }

    void synthetic_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("wire");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("ending");
        QTest::addColumn<int>("retryable");
        int count = 0;
        const auto row = [&](const char* file, TutorWire wire, const char* text, const char* ending, int retryable = -1) {
            QTest::newRow(file) << QString::fromLatin1(file) << int(wire) << QString::fromUtf8(text) << QString::fromLatin1(ending) << retryable;
            ++count;
        };
        const TutorWire an = TutorWire::Anthropic;
        const TutorWire oc = TutorWire::OpenAiCompatible;
        const TutorWire re = TutorWire::OpenAiResponses;
        const TutorWire ge = TutorWire::Gemini;
        row("an-err-first.sse", an, "", "error: overloaded", 1);
        row("an-err-mid.sse", an, "Hola, ¿qu", "error: overloaded", 1);
        row("an-cut-mid.sse", an, "Buenos días", "interrupted: ");
        row("an-cut-json.sse", an, "uno", "interrupted: ");
        row("an-unknown-events.sse", an, "ok", "stop: end_turn");
        row("an-unknown-stop.sse", an, "x", "other: some_new_reason");
        row("an-thinking-omitted.sse", an, "Sí.", "stop: end_turn");
        row("an-refusal-mid.sse", an, "To do", "refusal: refusal");
        row("an-ping-only-stall.sse", an, "", "interrupted: ");
        row("an-empty-turn.sse", an, "", "stop: end_turn");
        row("oc-err-mid.sse", oc, "Bon", "error: server_error", 1);
        row("oc-err-then-done.sse", oc, "Bon", "error: rate_limited", 1);
        row("oc-err-first.sse", oc, "", "error: quota", 0);
        row("oc-no-done.sse", oc, "Salut", "stop: stop");
        row("oc-no-finish.sse", oc, "Salut", "other: ");
        row("oc-refusal.sse", oc, "", "refusal: stop");
        row("oc-usage-same-chunk.sse", oc, "ab", "stop: stop");
        row("oc-length.sse", oc, "Uno, dos", "length: length");
        row("oc-content-filter.sse", oc, "par", "filtered: content_filter");
        row("oc-null-fields.sse", oc, "x", "stop: stop");
        row("oc-reasoning-both.sse", oc, "A", "stop: stop");
        row("oc-think-tags.sse", oc, "Hola", "stop: stop");
        row("oc-crlf.sse", oc, "é", "stop: stop");
        row("oc-comments.sse", oc, "hi", "stop: stop");
        row("oc-html-200.sse", oc, "", "error: not_sse", 0);
        row("oc-json-200.json", oc, "whole answer", "stop: stop");
        row("or-err-flat.sse", re, "Ho", "error: server_error", 1);
        row("or-err-nested.sse", re, "", "error: quota", 0);
        row("or-incomplete.sse", re, "uno dos", "length: incomplete:max_output_tokens");
        row("or-after-terminal.sse", re, "ok", "stop: completed");
        row("or-cut.sse", re, "ok", "interrupted: ");
        row("or-refusal.sse", re, "", "refusal: completed");
        row("ge-err-mid.sse", ge, "Ho", "error: overloaded", 1);
        row("ge-err-json-tail.sse", ge, "Ho", "error: server_error", 1);
        row("ge-blocked.sse", ge, "", "filtered: BLOCKED:PROHIBITED_CONTENT");
        row("ge-thought-then-text.sse", ge, "Sí", "stop: STOP");
        row("ge-max.sse", ge, "a", "length: MAX_TOKENS");
        row("ge-no-tail.sse", ge, "ab", "stop: STOP");
        row("ge-continuation.sse", ge, "part one ", "continuation: CONTINUATION");
        row("ge-cut.sse", ge, "a", "interrupted: ");
        QCOMPARE(count, QDir(m_data.filePath(QStringLiteral("synthetic"))).entryList({QStringLiteral("*.sse"), QStringLiteral("*.json")}).size());
    }
    void synthetic()
    {
        QFETCH(QString, file);
        QFETCH(int, wire);
        QFETCH(QString, text);
        QFETCH(QString, ending);
        QFETCH(int, retryable);
        const QByteArray body = fileBytes(m_data.filePath(QStringLiteral("synthetic/") + file));
        const WholeReply reply = replyOf(TutorWire(wire), body);
        QCOMPARE(reply.text, text);
        QCOMPARE(endingOf(reply), ending);
        QCOMPARE(reply.endings, 1);
        QCOMPARE(reply.failure ? int(reply.failure->retryable) : -1, retryable);
        QVERIFY(isSameAtEveryCut(TutorWire(wire), body, reply));
    }

    void sseVectors_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QJsonArray>("expected");
        const QJsonArray vectors = jsonFile(m_data.filePath(QStringLiteral("sse-spec/vectors.json"))).array();
        QCOMPARE(vectors.size(), 37);
        for (const QJsonValue& vector : vectors) {
            const QJsonObject object = vector.toObject();
            const QByteArray input = QByteArray::fromBase64(object[QStringLiteral("input_base64")].toString().toLatin1());
            // One input is described in words: a line of a mebibyte.
            QTest::newRow(qPrintable(object[QStringLiteral("name")].toString()))
                << (input.isEmpty() && object.contains(QStringLiteral("input_gen")) ? "data: " + QByteArray(1'048'576, 'x') + "\n\n" : input)
                << object[QStringLiteral("expected")].toArray();
        }
    }
    void sseVectors()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QJsonArray, expected);
        const QJsonArray events = eventsOf(stream, stream.size());
        QCOMPARE(events.size(), expected.size());
        for (qsizetype i = 0; i < expected.size(); ++i) {
            // A vector says what it is about: the id or the length of the data only where they matter.
            const QJsonObject wanted = expected[i].toObject();
            QJsonObject event = events[i].toObject();
            event.insert(QStringLiteral("data_len"), event[QStringLiteral("data")].toString().toUtf8().size());
            for (auto member = wanted.begin(); member != wanted.end(); ++member) {
                QCOMPARE(event[member.key()], member.value());
            }
        }
        QVERIFY(eventsOf(stream, 1) == events);
        QVERIFY(eventsOf(stream, 7) == events);
        for (qsizetype cut = 0; stream.size() < largestCutEverywhere && cut <= stream.size(); ++cut) {
            SseParser parser;
            QJsonArray parts;
            append(parts, parser, QByteArrayView(stream).first(cut));
            append(parts, parser, QByteArrayView(stream).sliced(cut));
            QVERIFY(parts == events);
        }
    }

private:
    static void append(QJsonArray& events, SseParser& parser, QByteArrayView bytes)
    {
        const Result<QList<SseEvent>> some = parser.feed(bytes);
        QVERIFY(some.ok());
        for (const SseEvent& event : *some) {
            QJsonObject object {{QStringLiteral("event"), QString::fromUtf8(event.event)}, {QStringLiteral("data"), QString::fromUtf8(event.data)}};
            object.insert(QStringLiteral("lastEventId"), QString::fromUtf8(event.id));
            events.append(object);
        }
    }

    static QJsonArray eventsOf(QByteArrayView stream, qsizetype step)
    {
        SseParser parser;
        QJsonArray events;
        for (; !stream.isEmpty(); stream = stream.sliced(std::min(std::max<qsizetype>(step, 1), stream.size()))) {
            append(events, parser, stream.first(std::min(std::max<qsizetype>(step, 1), stream.size())));
        }
        return events;
    }

    static void compare(TutorWire wire, const QString& name, const WholeReply& reply, const QJsonObject& expected)
    {
        for (const Particular& particular : particulars) {
            if (name.startsWith(QLatin1String(particular.file))) {
                QCOMPARE(endingOf(reply), QString::fromLatin1(particular.ending));
                const QString code = expected[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString();
                QVERIFY(code.isEmpty() || reply.failure->providerCode == code);
                return;
            }
        }
        QString text = expected[QStringLiteral("text")].toString();
        QString reasoning = expected[QStringLiteral("reasoning")].toString();
        if (text.trimmed().startsWith(QStringLiteral("<think>"))) {
            ThinkTags tags;
            const auto split = tags.feed(text);
            const auto rest = tags.end();
            text = split.text + rest.text;
            reasoning += split.reasoning + rest.reasoning;
        }
        QCOMPARE(reply.text, text);
        QCOMPARE(reply.reasoning, reasoning);
        QCOMPARE(reply.refusal, expected[QStringLiteral("refusal")].toString());
        QVERIFY(!reply.failure);
        QCOMPARE(reply.finished.value_or(TutorFinished {}).raw, expected[QStringLiteral("finish_raw")].toString());
        QCOMPARE(reply.interrupted, expected[QStringLiteral("finish_raw")].isNull() && !expected[QStringLiteral("done_sentinel")].toBool());
        QCOMPARE(reply.usage, usageOf(wire, expected[QStringLiteral("usage_raw")].toObject()));
        const QJsonArray calls = expected[QStringLiteral("tool_calls")].toArray();
        QCOMPARE(reply.toolCalls.size(), calls.size());
        for (qsizetype i = 0; i < calls.size(); ++i) {
            const QJsonObject call = calls[i].toObject();
            QCOMPARE(reply.toolCalls[i].id, call[QStringLiteral("id")].toString());
            QCOMPARE(reply.toolCalls[i].name, call[QStringLiteral("name")].toString());
            QCOMPARE(parsed(reply.toolCalls[i].arguments), parsed(call[QStringLiteral("input")].toString()));
        }
    }
};

QTEST_GUILESS_MAIN(TestRecordedStreams)
#include "tst_recordedstreams.moc"
