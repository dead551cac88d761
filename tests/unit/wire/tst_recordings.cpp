// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/Broadcast.h"
#include "wire/ChangeEvent.h"
#include "wire/Json.h"
#include "wire/Phoenix.h"

#include <QDir>
#include <QTest>

namespace {

/// What a genuine server sent, one frame after the other, and what came of it.
struct Tally
{
    int texts = 0;
    int binaries = 0;
    int changes = 0;
    int broadcasts = 0;
};

/// Every frame a server sent reads as a message, and what is in it as what it says it is.
void read(const PhoenixMessage& message, Tally& tally)
{
    QVERIFY(!message.topic.isEmpty() && !message.event.isEmpty());
    if (message.event == QLatin1String("postgres_changes")) {
        const Result<ChangeEvent> change = decodeChange(message);
        QVERIFY2(change.ok(), message.payloadText.constData());
        const QJsonValue data = parseJson(message.payloadText)->toObject().value(QLatin1String("data"));
        QCOMPARE(change->table, data[QLatin1String("table")].toString());
        QCOMPARE(change->record.values(), data[QLatin1String("record")].toObject());
        QVERIFY(change->type != ChangeEvent::Type::Unknown);
        ++tally.changes;
    } else if (message.event == QLatin1String("broadcast")) {
        const Result<Broadcast> broadcast = decodeBroadcast(message);
        QVERIFY2(broadcast.ok(), message.payloadText.constData());
        ++tally.broadcasts;
    }
}

void play(const QByteArray& lines, Tally& tally)
{
    QHash<int, PhoenixVersion> versions;
    for (const QByteArray& line : lines.split('\n')) {
        const QJsonObject frame = parseJson(line).valueOr({}).toObject();
        const int connection = frame.value(QLatin1String("conn")).toInt();
        if (frame.contains(QLatin1String("open"))) {
            versions.insert(connection, frame.value(QLatin1String("open")).toString().contains(QLatin1String("vsn=2.0.0"))
                    ? PhoenixVersion::V2
                    : PhoenixVersion::V1);
        }
        const bool isWhole = !frame.contains(QLatin1String("truncated"));
        if (frame.value(QLatin1String("dir")) != QLatin1String("s>c") || !isWhole) {
            continue;
        }
        const QString kind = frame.value(QLatin1String("op")).toString();
        Result<PhoenixMessage> message = Error {};
        if (kind == QLatin1String("text")) {
            message = decodeText(versions.value(connection), frame.value(QLatin1String("data")).toString().toUtf8());
            ++tally.texts;
        } else if (kind == QLatin1String("binary")) {
            message = decodeBinary(
                QByteArray::fromHex(frame.value(QLatin1String("hex")).toString().toLatin1()), Side::Server);
            ++tally.binaries;
        } else {
            continue;
        }
        QVERIFY2(message.ok(), line.constData());
        read(*message, tally);
    }
}

QByteArray lineOf(int connection, const char* member, const QString& value, const char* dir = "s>c", const char* op = "text")
{
    return toJson(QJsonObject {{QStringLiteral("conn"), connection}, {QLatin1String(member), value},
               {QStringLiteral("dir"), QLatin1String(dir)}, {QStringLiteral("op"), QLatin1String(op)}})
        + '\n';
}

/// In the form of the recordings; written by hand.
QByteArray selfMade()
{
    return lineOf(1, "open", QStringLiteral("GET /realtime/v1/websocket?vsn=2.0.0"), "", "")
        + lineOf(1, "data", QStringLiteral(R"(["1","1","realtime:a","phx_reply",{"status":"ok","response":{}}])"))
        + lineOf(1, "data", QStringLiteral("not looked at"), "c>s")
        + lineOf(1, "data", QStringLiteral(R"([null,null,"realtime:a","postgres_changes",{"ids":[7],"data":{"schema":"public","table":"notes","commit_timestamp":"2026-11-23T08:00:00.001Z","type":"INSERT","columns":[{"name":"id","type":"int8"}],"record":{"id":9223372036854775807,"t":"é\n"},"errors":null}}])"))
        + lineOf(1, "data", QStringLiteral(R"([null,null,"realtime:a","postgres_changes",{"ids":[7],"data":{"schema":"public","table":"nokey","commit_timestamp":null,"type":"INSERT","columns":[],"record":{},"errors":["Error 400: Bad Request, no primary key"]}}])"))
        + lineOf(1, "hex", QStringLiteral("040a0100017265616c74696d653a61657b7d"), "s>c", "binary")
        + lineOf(2, "open", QStringLiteral("GET /realtime/v1/websocket?vsn=1.0.0"), "", "")
        + lineOf(2, "data", QStringLiteral(R"({"ref":null,"event":"broadcast","payload":{"type":"broadcast","event":"e","payload":{}},"topic":"realtime:a"})"))
        + lineOf(2, "code", QStringLiteral("1012"), "s>c", "close");
}

} // namespace

/// What genuine servers said, read by the client's decoders. The recordings are not part of the
/// source: NEOLINGUS_SHARED_DATA names the folder that holds realtime-frames.
class TestRecordings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void selfMadeFrames()
    {
        Tally tally;
        play(selfMade(), tally);
        QCOMPARE(tally.texts, 4);
        QCOMPARE(tally.binaries, 1);
        QCOMPARE(tally.changes, 2);
        QCOMPARE(tally.broadcasts, 2);
    }

    void everyServer_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("v2.129.8") << QStringLiteral("/realtime-frames");
        QTest::newRow("v2.51.11") << QStringLiteral("/realtime-frames/v2.51.11");
    }
    void everyServer()
    {
        QFETCH(QString, folder);
        const QString shared = qEnvironmentVariable("NEOLINGUS_SHARED_DATA");
        if (shared.isEmpty()) {
            QSKIP("NEOLINGUS_SHARED_DATA does not name the folder of the recordings");
        }
        const QDir recordings(shared + folder);
        Tally tally;
        for (const QString& name : recordings.entryList({QStringLiteral("*.jsonl")}, QDir::Files, QDir::Name)) {
            QFile file(recordings.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            play(file.readAll(), tally);
            QVERIFY2(!QTest::currentTestFailed(), qPrintable(name));
        }
        QVERIFY(tally.changes > 0 && tally.broadcasts > 0);
        qInfo("%d texts, %d binaries; %d changes, %d broadcasts", tally.texts, tally.binaries, tally.changes,
            tally.broadcasts);
    }
};

QTEST_GUILESS_MAIN(TestRecordings)
#include "tst_recordings.moc"
