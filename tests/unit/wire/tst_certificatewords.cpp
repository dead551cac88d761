// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/CertificateWords.h"

#include <QSet>
#include <QTest>

/// Words that stand for a certificate: always the same, always readable back, never mistaken.
class TestCertificateWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWordsAreAFormatThatNeverChanges()
    {
        QCOMPARE(certificateWords(QByteArray(32, '\0')),
            QStringLiteral(
                "amberanchor-amberanchor-amberanchor-amberanchor-amberanchor-amberanchor"));
        QCOMPARE(certificateWords(QByteArray(32, '\xff')),
            QStringLiteral("winterwing-winterwing-winterwing-winterwing-winterwing-winterwing"));
        QCOMPARE(certificateWords(QByteArray::fromHex("0123456789abcdef01").leftJustified(32, 'x')),
            QStringLiteral("ambercrane-crystalbell-goldentrail-mapleotter-quietheron-summerarch"));
    }
    void everyWordReadsBack()
    {
        QSet<QString> seen;
        for (int value = 0; value < 4096; ++value) {
            QByteArray digest(32, '\0');
            digest[0] = char(value >> 4);
            digest[1] = char((value & 15) << 4);
            const QString words = certificateWords(digest);
            seen.insert(words);
            const auto bits = certificateWordBits(words);
            QVERIFY(bits.ok());
            QCOMPARE(*bits, digest.first(9));
        }
        QCOMPARE(seen.size(), 4096);
    }
    void peopleTypeAsTheyLike()
    {
        const QByteArray digest = certificateFingerprint("a certificate");
        const QString words = certificateWords(digest);
        QCOMPARE(words.count(QLatin1Char('-')), 5);
        QVERIFY(certificateMatches(words, digest));
        QVERIFY(certificateMatches(
            QStringLiteral(" ") + words.toUpper().replace(QLatin1Char('-'), QStringLiteral(" , ")),
            digest));
        QByteArray other = digest;
        other[8] = char(other[8] ^ 1);
        QVERIFY(!certificateMatches(words, other));
    }
    void anythingElseIsNoFingerprint_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << QString();
        QTest::newRow("five words")
            << QStringLiteral("amberwing amberwing amberwing amberwing amberwing");
        QTest::newRow("seven words") << QStringLiteral("amberwing-").repeated(7);
        QTest::newRow("an unknown word")
            << QStringLiteral("amberwing-").repeated(5) + QStringLiteral("amberzebra");
    }
    void anythingElseIsNoFingerprint()
    {
        QFETCH(QString, words);
        QVERIFY(!certificateWordBits(words).ok());
        QVERIFY(!certificateMatches(words, QByteArray(32, '\0')));
        QVERIFY(certificateWords("short").isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestCertificateWords)
#include "tst_certificatewords.moc"
