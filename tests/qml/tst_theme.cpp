// SPDX-License-Identifier: GPL-3.0-or-later
#include <QColor>
#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>
#include <QtQml/QQmlExtensionPlugin>

#include <cmath>
#include <memory>

Q_IMPORT_QML_PLUGIN(Neolingus_ModelPlugin)
Q_IMPORT_QML_PLUGIN(Neolingus_UiPlugin)

namespace {

const char* const markPage =
    "import QtQuick\n"
    "import Neolingus.Model\n"
    "Item {\n"
    "    id: root\n"
    "    property alias spot: mark.spot\n"
    "    property alias words: mark.length\n"
    "    TextEdit { id: laid; text: \"Yesterday I goed home.\"; font.pixelSize: 16 }\n"
    "    MarkSpot { id: mark; laidText: laid.text; font: laid.font; wrapWidth: 1000; start: 12; length: 4 }\n"
    "}\n";

} // namespace

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

    /// A mark lies under the words it is about, wherever they are wrapped, and nothing else is hit.
    void marksLieUnderTheirWords()
    {
        QQmlComponent component(&m_engine);
        component.setData(markPage, QUrl());
        QQuickWindow window;
        const std::unique_ptr<QObject> made(component.create());
        auto* item = qobject_cast<QQuickItem*>(made.get());
        QVERIFY2(item, qPrintable(component.errorString()));
        item->setParentItem(window.contentItem());
        window.resize(600, 200);
        window.show();
        QTRY_VERIFY(!item->property("spot").toRectF().isEmpty());
        const QRectF spot = item->property("spot").toRectF();
        QQuickItem* laid = nullptr;
        QQuickItem* mark = nullptr;
        for (QQuickItem* child : item->childItems()) {
            (child->inherits("MarkSpot") ? mark : laid) = child;
        }
        const auto leftOf = [laid](int letter) {
            QRectF place;
            QMetaObject::invokeMethod(laid, "positionToRectangle", Q_RETURN_ARG(QRectF, place), Q_ARG(int, letter));
            return place.left();
        };
        constexpr qreal hinting = 3;
        QVERIFY2(std::abs(spot.left() - leftOf(12)) < hinting, qPrintable(QStringLiteral("%1 %2").arg(spot.left()).arg(leftOf(12))));
        QVERIFY2(std::abs(spot.right() - leftOf(16)) < hinting, qPrintable(QStringLiteral("%1 %2").arg(spot.right()).arg(leftOf(16))));
        const auto hits = [item, mark](const QPointF& point) {
            return mark->contains(point - item->property("spot").toRectF().topLeft());
        };
        QVERIFY(hits(spot.center()));
        QVERIFY(!hits(spot.center() + QPointF(spot.width() + 10, 0)));
        // The same words, broken over two lines: two places, and not the corner between them.
        mark->setProperty("start", 10);
        mark->setProperty("length", 12);
        mark->setProperty("wrapWidth", spot.right() + 2);
        QTRY_VERIFY(item->property("spot").toRectF().height() > spot.height() * 1.5);
        const QRectF both = item->property("spot").toRectF();
        QVERIFY(hits(QPointF(both.right() - 4, both.top() + 4)));
        QVERIFY(hits(QPointF(both.left() + 4, both.bottom() - 4)));
        QVERIFY(!hits(QPointF(both.left() + 4, both.top() + 4)));
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
