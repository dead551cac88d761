// SPDX-License-Identifier: GPL-3.0-or-later
#include "Conversation.h"
#include "ReplayDatabase.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>

using namespace std::chrono_literals;

/// Conversations written for this project after the protocol document, one file each. The same
/// player plays recordings of a genuine server (tst_academy_recordings).
class TestAcademyConversations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_database.start(), qPrintable(m_database.errorText())); }
    void conversation_data()
    {
        QTest::addColumn<QString>("file");
        const QDir folder(PostgresFixture::sourceDir() + QStringLiteral("/" CONVERSATIONS));
        const auto files = folder.entryList({QStringLiteral("*.jsonl")}, QDir::Files, QDir::Name);
        QVERIFY(!files.isEmpty());
        for (const QString& file : files) {
            QTest::newRow(qPrintable(file.chopped(6))) << folder.filePath(file);
        }
    }
    void conversation()
    {
        QFETCH(QString, file);
        QVERIFY2(m_database.clear(), qPrintable(m_database.errorText()));
        academy::RealtimeOptions options;
        options.channelsPerSocket = 3;
        options.payloadBytes = 2000;
        options.frameBytes = 5000;
        options.batchMessages = 2;
        ReplayAcademy academy(m_database.conninfo(), options);
        Conversation conversation(file);
        const QStringList problems = conversation.play(academy, m_database.sql());
        QVERIFY(conversation.framesCompared() > 0);
        QVERIFY2(problems.isEmpty(),
            qPrintable(QStringLiteral("\n   ") + problems.join(QStringLiteral("\n   "))));
    }
    void aDifferenceIsNoticed()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        const auto said = [&file](const char* direction, const char* data) {
            file.write(QJsonDocument(QJsonObject{{QStringLiteral("conn"), 1},
                                         {QStringLiteral("dir"), QLatin1String(direction)},
                                         {QStringLiteral("op"), QStringLiteral("text")},
                                         {QStringLiteral("data"), QLatin1String(data)}})
                           .toJson(QJsonDocument::Compact)
                + '\n');
        };
        file.write("{\"conn\":1,\"open\":\"GET /w?apikey=$ANON&vsn=2.0.0\"}\n"
                   "{\"conn\":1,\"dir\":\"s>c\",\"handshake\":\"HTTP/1.1 101\"}\n");
        said("c>s", "[null,\"1\",\"phoenix\",\"heartbeat\",{}]");
        said("c>s", "[null,\"2\",\"phoenix\",\"heartbeat\",{}]");
        said("s>c", "[null,\"1\",\"phoenix\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]");
        file.close();
        ReplayAcademy academy(m_database.conninfo(), {});
        Conversation conversation(file.fileName());
        const QStringList problems = conversation.play(academy, m_database.sql());
        QCOMPARE(problems.size(), 1);
        QVERIFY(problems[0].contains(QLatin1String("heard too much")));
    }

private:
    ReplayDatabase m_database;
};

QTEST_GUILESS_MAIN(TestAcademyConversations)
#include "tst_academy_conversations.moc"
