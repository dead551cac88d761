// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/LogReader.h"
#include "unit/academy_realtime/LogBytes.h"

#include <QTest>

using namespace academy;

namespace {

constexpr std::uint32_t messages = 7;

LogBytes messagesTable()
{
    LogBytes bytes('R');
    bytes.number(messages, 4).name("realtime").name("messages").letter('d').number(7, 2);
    bytes.column(true, "id", 2950).column(false, "topic", 25).column(false, "extension", 25);
    bytes.column(false, "payload", 3802).column(false, "event", 25).column(false, "private", 16);
    return bytes.column(false, "binary_payload", 17);
}

} // namespace

class TestLogReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_changes.clear();
        m_broadcasts.clear();
        m_described.clear();
        m_reader.emplace(LogReader::Events{
            [this](ChangePtr change) { m_changes.push_back(std::move(change)); },
            [this](DatabaseBroadcast broadcast) { m_broadcasts.push_back(std::move(broadcast)); },
            [this](pgoutput::Oid table) { m_described.push_back(table); },
        });
    }
    void changesCarryTheirTableAndCommitTime()
    {
        take(LogBytes('B').number(1, 8).number(77, 8).number(1, 4));
        take(LogBytes('R').number(5, 4).name("public").name("t").letter('d').number(1, 2).column(
            true, "id", 20));
        take(LogBytes('I').number(5, 4).letter('N').row({"1"}));
        take(LogBytes('D').number(5, 4).letter('K').row({"1"}));
        QCOMPARE(m_changes.size(), std::size_t(2));
        QVERIFY(m_changes[0]->relation->table == "t");
        QCOMPARE(m_changes[0]->commitTime, pgoutput::PgTime(77));
        QVERIFY(m_changes[1]->kind == Change::Kind::Delete);
        QVERIFY(m_described == std::vector<pgoutput::Oid>{5});
    }
    void truncateIsNeverDelivered()
    {
        take(LogBytes('R').number(5, 4).name("public").name("t").letter('d').number(1, 2).column(
            true, "id", 20));
        take(LogBytes('T').number(1, 4).number(0, 1).number(5, 4));
        QVERIFY(m_changes.empty());
    }
    void aRowOfMessagesIsABroadcast()
    {
        take(LogBytes('B').number(1, 8).number(99, 8).number(1, 4));
        take(messagesTable());
        take(LogBytes('I')
                 .number(messages, 4)
                 .letter('N')
                 .row({"some-id", "room:42", "broadcast", R"({"k": 1})", "ev", "t", std::nullopt}));
        QVERIFY(m_changes.empty());
        QCOMPARE(m_broadcasts.size(), std::size_t(1));
        const DatabaseBroadcast& broadcast = m_broadcasts.front();
        QVERIFY(
            broadcast.id == "some-id" && broadcast.topic == "room:42" && broadcast.event == "ev");
        QVERIFY(broadcast.payload == R"({"k": 1})");
        QVERIFY(broadcast.isPrivate && broadcast.isJson);
        QCOMPARE(broadcast.committed, pgoutput::PgTime(99));
    }
    void binaryPayloadsAreBytes()
    {
        take(messagesTable());
        take(LogBytes('I')
                 .number(messages, 4)
                 .letter('N')
                 .row({"i", "t", "broadcast", std::nullopt, "bin", "f", "\\x0001ff"}));
        QVERIFY(m_broadcasts.at(0).payload == std::string("\0\x01\xff", 3));
        QVERIFY(!m_broadcasts.at(0).isJson && !m_broadcasts.at(0).isPrivate);
    }
    void otherExtensionsAndUpdatesAreNoBroadcasts()
    {
        take(messagesTable());
        take(LogBytes('I')
                 .number(messages, 4)
                 .letter('N')
                 .row({"i", "t", "presence", "{}", "e", "f", std::nullopt}));
        take(LogBytes('U')
                 .number(messages, 4)
                 .letter('N')
                 .row({"i", "t", "broadcast", "{}", "e", "f", std::nullopt}));
        QVERIFY(m_broadcasts.empty());
    }
    void rowsOfUndescribedTablesAreSkipped()
    {
        take(LogBytes('I').number(5, 4).letter('N').row({"1"}));
        take(messagesTable());
        take(LogBytes('I').number(messages, 4).letter('N').row({"too short"}));
        QVERIFY(m_changes.empty() && m_broadcasts.empty());
        m_reader->reset();
        take(LogBytes('I')
                 .number(messages, 4)
                 .letter('N')
                 .row({"i", "t", "broadcast", "{}", "e", "f", std::nullopt}));
        QVERIFY(m_broadcasts.empty());
    }

private:
    void take(const LogBytes& bytes)
    {
        auto message = pgoutput::decode(bytes.bytes());
        QVERIFY(message);
        m_reader->take(std::move(*message));
    }

    std::optional<LogReader> m_reader;
    std::vector<ChangePtr> m_changes;
    std::vector<DatabaseBroadcast> m_broadcasts;
    std::vector<pgoutput::Oid> m_described;
};

QTEST_GUILESS_MAIN(TestLogReader)
#include "tst_logreader.moc"
