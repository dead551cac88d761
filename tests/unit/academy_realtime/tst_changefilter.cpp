// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/realtime/ChangeFilter.h"
#include "base/Random.h"

#include <QRegularExpression>
#include <QTest>

#include <array>

using academy::Condition;
using academy::Verdict;
using academy::pgoutput::Cell;

Q_DECLARE_METATYPE(academy::Verdict)

namespace {

/// Column, operator and values as one line, to compare with.
QString shown(const QString& filter)
{
    const auto parsed = academy::parseFilter(filter.toStdString());
    if (const auto* error = std::get_if<std::string>(&parsed)) {
        return QStringLiteral("! ") + QString::fromStdString(*error);
    }
    QStringList lines;
    for (const Condition& condition : std::get<0>(parsed)) {
        QString line = QString::fromStdString(condition.column) + QLatin1Char(' ')
            + (condition.negated ? QStringLiteral("not ") : QString())
            + QString::fromUtf8(academy::operatorName(condition.op).data(),
                static_cast<qsizetype>(academy::operatorName(condition.op).size()));
        for (const std::string& value : condition.values) {
            line += QStringLiteral(" <%1>").arg(QString::fromStdString(value));
        }
        lines.append(line);
    }
    return lines.join(QStringLiteral(" & "));
}

Condition condition(const QString& filter, uint type)
{
    auto parsed = academy::parseFilter(filter.toStdString());
    Condition first = std::get<0>(parsed).at(0);
    first.type = type;
    first.sqlType = "text";
    return first;
}

} // namespace

class TestChangeFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parse_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("expected");
        const auto add = [](const char* name, const char* filter, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(filter) << QString::fromUtf8(expected);
        };
        add("nothing is no filter", "", "");
        add("blank is no filter", "  ", "");
        add("one condition", "owner=eq.42", "owner eq <42>");
        add("two conditions", "priority=gt.1,done=eq.true", "priority gt <1> & done eq <true>");
        add("a value with a dot", "s=eq.1.5", "s eq <1.5>");
        add("a value with an equals sign", "s=eq.a=b", "s eq <a=b>");
        add("a value with a space", "s=eq.hello world", "s eq <hello world>");
        add("an empty value", "s=eq.", "s eq <>");
        add("a quoted comma", "s=eq.\"a,b\"", "s eq <a,b>");
        add("a quoted quote", "s=eq.\"a\\\"b\\\\\"", "s eq <a\"b\\>");
        add("a list", "id=in.(1,2,3)", "id in <1> <2> <3>");
        add("a list with quotes", "s=in.(\"a,b\", abc)", "s in <a,b> <abc>");
        add("an empty list", "id=in.()", "id in");
        add("a list and another condition", "id=in.(1,2),b=is.null", "id in <1> <2> & b is <null>");
        add("negation", "s=not.is.null", "s not is <null>");
        add("negated equality", "s=not.eq.a", "s not eq <a>");
        add("a pattern", "s=like.a%", "s like <a%>");
        add("unicode", "s=eq.é😀", "s eq <é😀>");
        add("an unknown operator", "id=zz.1", "! Error parsing `filter` params: [\"zz\", \"1\"]");
        add("operators are case-sensitive", "id=EQ.1",
            "! Error parsing `filter` params: [\"EQ\", \"1\"]");
        add("containment is not an operator here", "t=cs.{a}",
            "! Error parsing `filter` params: [\"cs\", \"{a}\"]");
        add("no operator", "id=5", "! Error parsing `filter` params: [\"5\"]");
        add("no column", "=eq.5", "! Error parsing `filter` params: [\"=eq.5\"]");
        add("a list without parentheses", "id=in.1",
            "! Error parsing `filter` params: [\"in\", \"1\"]");
    }
    void parse()
    {
        QFETCH(QString, filter);
        QFETCH(QString, expected);
        QCOMPARE(shown(filter), expected);
    }
    void verdict_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<uint>("type");
        QTest::addColumn<QString>("value"); // a null string is NULL
        QTest::addColumn<Verdict>("expected");
        const uint int8 = 20;
        const uint text = 25;
        const uint boolean = 16;
        const uint timestamptz = 1184;
        const auto add = [](const char* name, const char* filter, uint type, const char* value,
                             Verdict verdict) {
            QTest::newRow(name) << QString::fromUtf8(filter) << type
                                << (value == nullptr ? QString() : QString::fromUtf8(value))
                                << verdict;
        };
        add("equal numbers", "n=eq.5", int8, "5", Verdict::Yes);
        add("other numbers", "n=eq.5", int8, "6", Verdict::No);
        add("null equals nothing", "n=eq.5", int8, nullptr, Verdict::No);
        add("null is not unequal either", "n=neq.5", int8, nullptr, Verdict::No);
        add("nor is its negation", "n=not.eq.5", int8, nullptr, Verdict::No);
        add("unequal", "n=neq.5", int8, "6", Verdict::Yes);
        add("less by number, not by text", "n=lt.10", int8, "9", Verdict::Yes);
        add("not less", "n=lt.9", int8, "10", Verdict::No);
        add("less or equal", "n=lte.-3", int8, "-3", Verdict::Yes);
        add("greater with 64 bits", "n=gt.9223372036854775806", int8, "9223372036854775807",
            Verdict::Yes);
        add("greater or equal", "n=gte.4", int8, "3", Verdict::No);
        add("in a list", "n=in.(1,2)", int8, "2", Verdict::Yes);
        add("not in a list", "n=in.(1,2)", int8, "3", Verdict::No);
        add("nothing is in an empty list", "n=in.()", int8, "3", Verdict::No);
        add("negated list", "n=not.in.(1,2)", int8, "3", Verdict::Yes);
        add("equal texts", "s=eq.é", text, "é", Verdict::Yes);
        add("texts are ordered by the database", "s=lt.b", text, "a", Verdict::AskDatabase);
        add("patterns are the database's", "s=like.a%", text, "abc", Verdict::AskDatabase);
        add("negated patterns too", "s=not.like.a%", text, "abc", Verdict::AskDatabase);
        add("null matches no pattern", "s=like.a%", text, nullptr, Verdict::No);
        add("times are compared by the database", "d=eq.2026-01-01", timestamptz,
            "2026-01-01 00:00:00+00", Verdict::AskDatabase);
        add("is null", "s=is.null", text, nullptr, Verdict::Yes);
        add("is not null", "s=not.is.null", text, "x", Verdict::Yes);
        add("null is null also when negated", "s=not.is.null", text, nullptr, Verdict::No);
        add("is true", "b=is.true", boolean, "t", Verdict::Yes);
        add("null is not true", "b=is.true", boolean, nullptr, Verdict::No);
        add("is false", "b=is.false", boolean, "f", Verdict::Yes);
        add("is unknown", "b=is.unknown", boolean, nullptr, Verdict::Yes);
        add("null is distinct", "s=isdistinct.x", text, nullptr, Verdict::Yes);
        add("the same is not distinct", "s=isdistinct.x", text, "x", Verdict::No);
    }
    void verdict()
    {
        QFETCH(QString, filter);
        QFETCH(uint, type);
        QFETCH(QString, value);
        QFETCH(Verdict, expected);
        Cell cell;
        if (!value.isNull()) {
            cell = {Cell::Kind::Text, value.toStdString()};
        }
        QCOMPARE(academy::evaluate(condition(filter, type), cell), expected);
    }
    void aLongValueTheLogDoesNotCarryCountsAsNull()
    {
        const Cell unchanged{Cell::Kind::Unchanged, {}};
        QCOMPARE(
            academy::evaluate(condition(QStringLiteral("s=eq.x"), 25), unchanged), Verdict::No);
    }
    void sql_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("sql");
        QTest::newRow("comparison")
            << QStringLiteral("s=lt.x") << QStringLiteral("$1::text::text < $2::text::text");
        QTest::newRow("list") << QStringLiteral(
            "s=in.(a,b)") << QStringLiteral("$1::text::text in ($2::text::text, $3::text::text)");
        QTest::newRow("negated pattern") << QStringLiteral("s=not.ilike.A%")
                                         << QStringLiteral("not (($1::text::text)::text ilike $2)");
        QTest::newRow("expression")
            << QStringLiteral("s=imatch.^a") << QStringLiteral("($1::text::text)::text ~* $2");
        QTest::newRow("whatever is asked is bound")
            << QStringLiteral("s=is.true); drop table x; --")
            << QStringLiteral("$1::text::text is not distinct from $2::text::text");
    }
    void sql()
    {
        QFETCH(QString, filter);
        QFETCH(QString, sql);
        QCOMPARE(QString::fromStdString(academy::conditionSql(condition(filter, 25))), sql);
    }
    void noValueBecomesSql()
    {
        constexpr int cases = 20000;
        constexpr quint64 seed = 20261125;
        static const std::array<std::string, 12> filters{"s=eq.a", "s=not.neq.a",
            "s=in.(a,\"b\",c)", "s=like.a%", "s=not.imatch.^a", "s=is.null", "s=not.is.true",
            "s=isdistinct.a", "n=gte.5,s=lt.b", "\"s\"=match.a|b", "s=is.unknown,n=not.in.(1,2)",
            "s=ilike.%a"};
        static const std::array<std::string, 16> tokens{"'", "\"", ";", "--", "(", ")", ",", ".",
            "\\", "$1", "::int", "is.", "not.", "null or true", "'; drop table x; --",
            " union select usename from pg_user "};
        // Placeholders, the type, and our own words: nothing else.
        static const QRegularExpression allowed(
            QStringLiteral("^(\\$[0-9]+|::text|[ (),=<>~*]|not|in|like|ilike|is distinct from)*$"));
        SeededRandom random(seed);
        int asked = 0;
        for (int i = 0; i < cases; ++i) {
            std::string filter = filters[random.below(filters.size())];
            for (quint64 edits = random.below(4); edits > 0; --edits) {
                filter.insert(random.below(filter.size() + 1), tokens[random.below(tokens.size())]);
            }
            auto parsed = academy::parseFilter(filter);
            if (!std::holds_alternative<std::vector<Condition>>(parsed)) {
                continue;
            }
            for (Condition& condition : std::get<0>(parsed)) {
                condition.sqlType = "text";
                // A type whose texts only the database compares.
                condition.type = 1184;
                if (academy::evaluate(condition, {Cell::Kind::Text, "a"}) != Verdict::AskDatabase) {
                    continue;
                }
                const QString sql = QString::fromStdString(academy::conditionSql(condition));
                QVERIFY2(allowed.match(sql).hasMatch(), qPrintable(sql));
                QVERIFY(sql.count(QLatin1Char('$')) <= qsizetype(condition.values.size()) + 1);
                ++asked;
            }
        }
        QVERIFY(asked > cases / 4);
    }
};

QTEST_GUILESS_MAIN(TestChangeFilter)
#include "tst_changefilter.moc"
