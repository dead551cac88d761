// SPDX-License-Identifier: GPL-3.0-or-later
#include <QColor>
#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QTest>
#include <QtQml/QQmlExtensionPlugin>

#include <cmath>
#include <memory>

Q_IMPORT_QML_PLUGIN(Neolingus_ModelPlugin)
Q_IMPORT_QML_PLUGIN(Neolingus_UiPlugin)

/// Every pair of text and ground that the interface uses can be read: 4.5 to 1 or better, by the
/// formula of WCAG 2.
class TestTheme : public QObject
{
    Q_OBJECT

    QQmlEngine m_engine;
    std::unique_ptr<QObject> m_holder;
    QObject* m_theme = nullptr;

    static double channel(double value)
    {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    }
    static double luminance(const QColor& color)
    {
        return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
    }
    static double contrast(const QColor& a, const QColor& b)
    {
        const double one = luminance(a) + 0.05;
        const double two = luminance(b) + 0.05;
        return one > two ? one / two : two / one;
    }
    QColor color(const QString& name) const
    {
        const QVariant value = m_theme->property(name.toUtf8().constData());
        return value.value<QColor>();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        QQmlComponent component(&m_engine);
        component.setData("import QtQml\nimport Neolingus.Ui\nQtObject { property QtObject theme: Theme }", QUrl());
        m_holder.reset(component.create());
        QVERIFY2(m_holder, qPrintable(component.errorString()));
        m_theme = m_holder->property("theme").value<QObject*>();
        QVERIFY(m_theme);
    }

    void textCanBeRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("ground");
        const QList<QPair<const char*, QList<const char*>>> pairs {
            {"ink", {"background", "surface", "sunken", "hover", "pressed", "accentSoft", "positiveSoft", "warningSoft", "dangerSoft", "infoSoft"}},
            {"inkMuted", {"background", "surface", "sunken", "hover"}}, {"accent", {"background", "surface"}},
            {"accentInk", {"accent", "accentStrong"}}, {"accentSoftInk", {"accentSoft"}}, {"dangerInk", {"danger"}},
            {"positive", {"surface", "background", "positiveSoft"}}, {"warning", {"surface", "background", "warningSoft"}},
            {"danger", {"surface", "background", "dangerSoft"}}, {"info", {"surface", "background", "infoSoft"}}};
        for (const auto& [text, grounds] : pairs) {
            for (const char* ground : grounds) {
                QTest::addRow("%s on %s", text, ground) << QString::fromLatin1(text) << QString::fromLatin1(ground);
            }
        }
    }
    void textCanBeRead()
    {
        QFETCH(QString, text);
        QFETCH(QString, ground);
        for (const bool dark : {false, true}) {
            for (const bool high : {false, true}) {
                m_theme->setProperty("dark", dark);
                m_theme->setProperty("highContrast", high);
                const double ratio = contrast(color(text), color(ground));
                QVERIFY2(ratio >= (high ? 7.0 : 4.5),
                    qPrintable(QStringLiteral("%1 on %2: %3 (dark %4, high contrast %5)").arg(text, ground).arg(ratio).arg(dark).arg(high)));
            }
        }
    }

    void motionStopsWhenItIsUnwanted()
    {
        m_theme->setProperty("reducedMotion", true);
        QCOMPARE(m_theme->property("stateDuration").toInt(), 0);
        QCOMPARE(m_theme->property("pageDuration").toInt(), 0);
        m_theme->setProperty("reducedMotion", false);
        QVERIFY(m_theme->property("pageDuration").toInt() > 0);
    }

    void textGrowsToTwice()
    {
        m_theme->setProperty("textScale", 2.0);
        QCOMPARE(m_theme->property("fontBody").toInt(), 28);
        m_theme->setProperty("textScale", 1.0);
        QCOMPARE(m_theme->property("fontBody").toInt(), 14);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
