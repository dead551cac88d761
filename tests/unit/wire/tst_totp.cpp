// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/QrCode.h"
#include "wire/Totp.h"

#include <QFile>
#include <QTest>

class TestTotp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The last six of the eight digits of RFC 6238, appendix B.
    void theTableOfRfc6238_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("code");
        QTest::newRow("1970") << qint64(59) << QStringLiteral("287082");
        QTest::newRow("2005") << qint64(1111111109) << QStringLiteral("081804");
        QTest::newRow("2009") << qint64(1234567890) << QStringLiteral("005924");
        QTest::newRow("2033") << qint64(2000000000) << QStringLiteral("279037");
        QTest::newRow("2603") << qint64(20000000000) << QStringLiteral("353130");
    }
    void theTableOfRfc6238()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, code);
        QCOMPARE(totpCode("12345678901234567890", WallTime(std::chrono::seconds(seconds))), code);
    }

    void aStepEitherSideIsForgiven()
    {
        const WallTime then(std::chrono::seconds(1111111109));
        for (const int late : {-30, 0, 30}) {
            QVERIFY(totpStep("12345678901234567890", "081804", then + std::chrono::seconds(late)));
        }
        for (const int late : {-60, 61}) {
            QVERIFY(!totpStep("12345678901234567890", "081804", then + std::chrono::seconds(late)));
        }
        QVERIFY(!totpStep("12345678901234567890", "81804", then));
        QVERIFY(!totpStep("12345678901234567890", "", then));
    }

    void base32GoesBothWays()
    {
        QCOMPARE(base32Encode("foobar"), "MZXW6YTBOI");
        QCOMPARE(base32Decode("mzxw 6ytb oi======").value(), "foobar");
        QCOMPARE(base32Decode("MZXW6!").error().code, QStringLiteral("base32_invalid"));
        for (int length = 0; length < 24; ++length) {
            const QByteArray bytes = QByteArray("\x00\xff\x10 etcetera and more", 20).left(length);
            QCOMPARE(base32Decode(base32Encode(bytes)).value(), bytes);
        }
    }

    void theAppReadsWhoseCodeItIs()
    {
        QCOMPARE(
            totpUri(QStringLiteral("Neolingus Academy"), QStringLiteral("ana+b@x.org"), "foobar"),
            QStringLiteral(
                "otpauth://totp/Neolingus%20Academy:ana%2Bb%40x.org?algorithm=SHA1&digits=6"
                "&issuer=Neolingus%20Academy&period=30&secret=MZXW6YTBOI"));
    }

    /// Sizes by the capacity table of the standard, level M.
    void qrCodesAreAsBigAsTheyMustBe_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("version");
        QTest::newRow("the most of version 1") << 14 << 1;
        QTest::newRow("one more") << 15 << 2;
        QTest::newRow("the most of version 6") << 106 << 6;
        QTest::newRow("one more again") << 107 << 7;
        QTest::newRow("the most of version 9") << 180 << 9;
        QTest::newRow("a longer count") << 213 << 10;
        QTest::newRow("the most of all") << 666 << 20;
    }
    void qrCodesAreAsBigAsTheyMustBe()
    {
        QFETCH(int, length);
        QFETCH(int, version);
        const auto code = QrCode::of(QByteArray(length, 'a'));
        QVERIFY(code.ok());
        QCOMPARE(code->size(), version * 4 + 17);
    }

    void tooMuchForAQrCodeIsSaid()
    {
        QCOMPARE(QrCode::of(QByteArray(667, 'a')).error().code, QStringLiteral("qr_too_long"));
    }

    void aDrawingIsWritten()
    {
        const auto code = QrCode::of("otpauth://totp/Neolingus:ana?secret=MZXW6YTBOI");
        const QByteArray svg = code->svg();
        QVERIFY(svg.startsWith("<svg "));
        QVERIFY(svg.contains("viewBox=\"0 0 " + QByteArray::number(code->size() + 8)));
        // Three finders: a dark frame around a light ring around a dark square.
        for (const auto& [x, y] :
            {std::pair(0, 0), std::pair(code->size() - 7, 0), std::pair(0, code->size() - 7)}) {
            for (int i = 0; i < 7; ++i) {
                QVERIFY(code->isDark(x + i, y) && code->isDark(x, y + i));
            }
            QVERIFY(!code->isDark(x + 1, y + 1) && code->isDark(x + 3, y + 3));
        }
    }
};

QTEST_GUILESS_MAIN(TestTotp)
#include "tst_totp.moc"
