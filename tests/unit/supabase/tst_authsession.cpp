// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/MemorySecretStore.h"
#include "supabase/AuthSession.h"
#include "support/FakeHttpClient.h"
#include "support/FakeScheduler.h"
#include "wire/Json.h"
#include "wire/Jwt.h"

#include <QTest>

using namespace std::chrono_literals;
using State = AuthSession::State;

namespace {

const Error NoNetwork{ErrorKind::Offline, QStringLiteral("network_HostNotFoundError"), {}, {}};
const char* const PasswordPath = "/auth/v1/token?grant_type=password";
const char* const RefreshPath = "/auth/v1/token?grant_type=refresh_token";
const QString Key = QStringLiteral("session:127.0.0.1:54321");

QJsonObject sessionAnswer(int number, int seconds = 3600, const char* user = "u1")
{
    return {{QStringLiteral("access_token"), QStringLiteral("access-%1").arg(number)},
        {QStringLiteral("refresh_token"), QStringLiteral("refresh-%1").arg(number)},
        {QStringLiteral("token_type"), QStringLiteral("bearer")},
        {QStringLiteral("expires_in"), seconds},
        {QStringLiteral("user"),
            QJsonObject{{QStringLiteral("id"), QLatin1String(user)},
                {QStringLiteral("email"), QStringLiteral("ana@school.example")},
                {QStringLiteral("app_metadata"),
                    QJsonObject{{QStringLiteral("role"), QStringLiteral("student")}}},
                {QStringLiteral("user_metadata"),
                    QJsonObject{{QStringLiteral("display_name"), QStringLiteral("Ana")},
                        {QStringLiteral("role"), QStringLiteral("teacher")}}}}}};
}

QJsonObject refreshBody(int number)
{
    return {{QStringLiteral("refresh_token"), QStringLiteral("refresh-%1").arg(number)}};
}

QJsonObject refusal(const char* code)
{
    return {{QStringLiteral("code"), QLatin1String(code)},
        {QStringLiteral("message"), QStringLiteral("no")}};
}

/// A keychain that answers when the test says so.
class SlowSecretStore final : public SecretStore
{
public:
    Async<QByteArray> read(const QString&) override
    {
        return written.isEmpty() ? readyAsync<QByteArray>(Error{ErrorKind::NotFound, {}, {}, {}})
                                 : readyAsync<QByteArray>(written.last());
    }
    Async<void> write(const QString&, const QByteArray& secret) override
    {
        written.append(secret);
        return pending.emplace_back().future();
    }
    Async<void> remove(const QString&) override { return readyAsync<void>({}); }
    bool isPersistent() const override { return true; }

    QList<QByteArray> written;
    std::deque<AsyncPromise<void>> pending;
};

namespace am = AuthMachine;

const Error Busy{ErrorKind::Server, QStringLiteral("busy"), {}, {}};
const Error Limited{ErrorKind::RateLimited, QStringLiteral("limited"), {}, 60s};

struct NamedEvent
{
    const char* name;
    am::Event event;
};

const std::vector<NamedEvent>& allEvents()
{
    static const std::vector<NamedEvent> events{{"RestoreAsked", am::RestoreAsked{}},
        {"KeptFound", am::KeptFound{}}, {"NothingKept", am::NothingKept{}},
        {"TokensOffered", am::TokensOffered{}}, {"SignOutAsked", am::SignOutAsked{}},
        {"TokenAsked", am::TokenAsked{false}}, {"GoodTokenAsked", am::TokenAsked{true}},
        {"RenewalDue", am::RenewalDue{}}, {"WaitOver", am::WaitOver{}}, {"TurnTaken", am::TurnTaken{}},
        {"TurnUnneeded", am::TurnUnneeded{}}, {"TurnDenied", am::TurnDenied{Busy}},
        {"Same", am::StoreRead{am::Stored::Same}}, {"Newer", am::StoreRead{am::Stored::Newer}},
        {"Gone", am::StoreRead{am::Stored::Gone}}, {"Unreadable", am::StoreUnreadable{Busy}},
        {"ExchangeFailed", am::ExchangeFailed{Busy}}, {"ExchangeLimited", am::ExchangeFailed{Limited}},
        {"ExchangeRefused", am::ExchangeRefused{}}, {"Granted", am::Granted{}},
        {"Renewed", am::Renewed{}},
        {"Kept", am::SessionKept{true}}, {"NotKept", am::SessionKept{false}},
        {"TokenGiven", am::TokenGiven{}}, {"TokenRefused", am::TokenRefused{}},
        {"TokenDelayed", am::TokenDelayed{Busy}}, {"TokenLimited", am::TokenDelayed{Limited}}};
    return events;
}

QString describe(const am::State& state)
{
    constexpr const char* Phases[] = {"SignedOut", "Restoring", "SignedIn", "NeedsSignIn"};
    constexpr const char* Renewals[]
        = {"", "/turn", "/reading", "/presenting", "/rereading", "/confirming", "/keeping",
            "/waiting", "/application"};
    return QLatin1String(Phases[int(state.phase)])
        + QLatin1String(Renewals[int(state.renewal)])
        + (state.byApplication ? QStringLiteral("@") : QString())
        + (state.kept ? QStringLiteral("=") : QString());
}

QString describe(const am::Step& step)
{
    constexpr const char* Names[] = {"supersede", "-timers", "-turn", "turn", "read", "newer",
        "present", "application", "keep", "use", "forget", "retry", "PHASE", "TOKEN", "give", "wait",
        "refuse", "comfort", "give*", "comfort*", "refuse*"};
    QStringList words{describe(step.state)};
    for (const am::Effect& effect : step.effects) {
        QString word = QLatin1String(Names[effect.index()]);
        if (const auto* used = std::get_if<am::Use>(&effect); used && used->told) {
            word += QLatin1Char('!');
        } else if (const auto* out = std::get_if<am::Forget>(&effect); out && out->keepUser) {
            word += QStringLiteral("-tokens");
        } else if (const auto* retry = std::get_if<am::StartRetry>(&effect)) {
            word += QLatin1Char(':') + retry->error.code;
        }
        words.append(word);
    }
    return words.join(QLatin1Char(' '));
}

bool has(const am::Step& step, const am::Effect& effect)
{
    return std::find(step.effects.begin(), step.effects.end(), effect) != step.effects.end();
}

} // namespace

class TestAuthSession : public QObject
{
    Q_OBJECT

    struct World
    {
        explicit World(std::shared_ptr<SecretStore> store = std::make_shared<MemorySecretStore>())
            : secrets(std::move(store))
        {
            start();
        }
        void start()
        {
            session = std::make_unique<AuthSession>(
                Project{QUrl(QStringLiteral("http://127.0.0.1:54321")), QStringLiteral("anon")},
                http, *secrets, time, time, random);
            QObject::connect(session.get(), &AuthSession::accessTokenChanged, session.get(),
                [this](const QString& t) { published.append(t); });
        }
        void signIn(int number = 1, int seconds = 3600)
        {
            http.expect("POST", PasswordPath).reply(200, sessionAnswer(number, seconds));
            auto done = session->signInWithPassword(
                QStringLiteral("ana@school.example"), QStringLiteral("pw"));
            QTRY_VERIFY(done.isFinished());
            QVERIFY(done.result().ok());
        }
        QJsonObject kept()
        {
            auto secret = secrets->read(Key);
            return parseJson(secret.result().valueOr("null")).valueOr({}).toObject();
        }

        FakeHttpClient http;
        FakeScheduler time;
        SeededRandom random{7};
        std::shared_ptr<SecretStore> secrets;
        std::unique_ptr<AuthSession> session;
        QStringList published;
    };

private Q_SLOTS:
    void everyStateMeetsEveryEvent_data()
    {
        using enum am::Phase;
        using enum am::Renewal;
        QTest::addColumn<int>("phase");
        QTest::addColumn<int>("renewal");
        QTest::addColumn<bool>("byApplication");
        QTest::addColumn<bool>("kept");
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<QString>("expected");

        // What is not named changes nothing; what may come at any time is the same everywhere.
        const auto state = [](const am::State& from, QMap<QByteArray, QString> table) {
            const QString app = from.byApplication ? QStringLiteral("@") : QString();
            const QString kept = from.kept ? QStringLiteral("=") : QString();
            const auto phaseUnless = [&from](am::Phase phase) {
                return from.phase == phase ? QString() : QStringLiteral(" PHASE");
            };
            const QString same = describe(am::State{from.phase, None, from.byApplication, from.kept});
            const QString later = describe(am::State{from.phase, Waiting, from.byApplication, from.kept});
            const auto usual = [&table](const char* name, const QString& expected) {
                if (!table.contains(name)) {
                    table.insert(name, expected);
                }
            };
            usual("RestoreAsked", QStringLiteral("Restoring") + app + kept
                    + QStringLiteral(" supersede -turn -timers") + phaseUnless(Restoring));
            usual("TokensOffered", QStringLiteral("Restoring/application@ supersede -turn -timers forget")
                    + phaseUnless(Restoring) + QStringLiteral(" refuse* application"));
            usual("SignOutAsked", QStringLiteral("SignedOut supersede -turn -timers forget")
                    + phaseUnless(SignedOut) + QStringLiteral(" refuse*"));
            usual("Granted", describe(am::State{from.phase, Keeping, from.byApplication, from.kept})
                    + QStringLiteral(" supersede keep"));
            const bool none = from.phase == SignedOut || from.phase == NeedsSignIn;
            usual("TokenAsked", describe(from) + (none ? QStringLiteral(" refuse") : QStringLiteral(" wait")));
            usual("GoodTokenAsked", describe(from)
                    + (none ? QStringLiteral(" refuse")
                            : from.phase == SignedIn ? QStringLiteral(" give") : QStringLiteral(" wait")));
            if (table.contains("RenewalDue")) {
                usual("WaitOver", table.value("RenewalDue"));
            }
            for (const NamedEvent& named : allEvents()) {
                const QString expected = table.value(named.name, describe(from))
                    .replace(QStringLiteral("AGAIN"), same + QStringLiteral(" -turn retry:busy comfort*"))
                    .replace(QStringLiteral("LATER"), later + QStringLiteral(" -turn retry:limited comfort*"));
                QTest::addRow("%s in %s", named.name, qPrintable(describe(from)))
                    << int(from.phase) << int(from.renewal) << from.byApplication << from.kept
                    << QByteArray(named.name) << expected;
            }
        };
        const QString in = QStringLiteral("-turn -timers use PHASE give* TOKEN");
        const QString on = QStringLiteral("-turn -timers use! give* TOKEN");
        const QString ended = QStringLiteral("NeedsSignIn -turn -timers forget-tokens PHASE refuse*");
        const QString left = QStringLiteral("SignedOut supersede -turn -timers forget PHASE refuse*");
        state({SignedOut, None, false, false}, {});
        state({NeedsSignIn, None, false, false}, {});
        state({NeedsSignIn, None, true, false}, {});
        for (const am::Phase phase : {SignedOut, Restoring, NeedsSignIn}) {
            state({phase, Keeping, false, false},
                {{"Kept", QStringLiteral("SignedIn= ") + in}, {"NotKept", QStringLiteral("SignedIn ") + in},
                    {"KeptFound", phase == Restoring ? QStringLiteral("SignedIn/keeping= PHASE")
                                                     : describe(am::State{phase, Keeping, false, false})},
                    {"NothingKept", phase == Restoring
                            ? QStringLiteral("SignedOut -turn -timers forget PHASE refuse*")
                            : describe(am::State{phase, Keeping, false, false})}});
        }
        state({Restoring, None, false, true},
            {{"KeptFound", QStringLiteral("SignedIn/turn= PHASE -timers turn")},
                {"NothingKept", QStringLiteral("SignedOut -turn -timers forget PHASE refuse*")}});
        state({Restoring, None, true, false},
            {{"KeptFound", QStringLiteral("SignedIn/application@= PHASE -timers application")},
                {"NothingKept", QStringLiteral("SignedOut@ -turn -timers forget PHASE refuse*")},
                {"RenewalDue", QStringLiteral("Restoring/application@ -timers application")}});
        state({Restoring, Application, true, false},
            {{"KeptFound", QStringLiteral("SignedIn/application@= PHASE")},
                {"NothingKept", QStringLiteral("SignedOut@ -turn -timers forget PHASE refuse*")},
                {"TokenGiven", QStringLiteral("SignedIn@ ") + in},
                {"TokenRefused", QStringLiteral("NeedsSignIn@ -turn -timers forget-tokens PHASE refuse*")},
                {"TokenDelayed", QStringLiteral("AGAIN")}, {"TokenLimited", QStringLiteral("LATER")}});
        state({Restoring, Waiting, true, false},
            {{"KeptFound", QStringLiteral("SignedIn/waiting@= PHASE")},
                {"NothingKept", QStringLiteral("SignedOut@ -turn -timers forget PHASE refuse*")},
                {"WaitOver", QStringLiteral("Restoring/application@ -timers application")}});
        for (const bool kept : {false, true}) {
            const QString mark = kept ? QStringLiteral("=") : QString();
            const QString presenting = QStringLiteral("SignedIn/presenting") + mark;
            state({SignedIn, None, false, kept},
                {{"TokenAsked", QStringLiteral("SignedIn/turn") + mark + QStringLiteral(" wait -timers turn")},
                    {"RenewalDue", QStringLiteral("SignedIn/turn") + mark + QStringLiteral(" -timers turn")}});
            state({SignedIn, Turn, false, kept},
                {{"TurnTaken", QStringLiteral("SignedIn/reading") + mark + QStringLiteral(" read")},
                    {"TurnUnneeded", presenting + QStringLiteral(" present")},
                    {"TurnDenied", QStringLiteral("AGAIN")}});
            // A store that could not be written holds an older token, or nothing of ours.
            state({SignedIn, Reading, false, kept},
                {{"Same", presenting + QStringLiteral(" present")},
                    {"Newer", presenting + (kept ? QStringLiteral(" newer present") : QStringLiteral(" present"))},
                    {"Gone", kept ? left : presenting + QStringLiteral(" present")},
                    {"Unreadable", kept ? QStringLiteral("AGAIN") : presenting + QStringLiteral(" present")}});
            state({SignedIn, Presenting, false, kept},
                {{"ExchangeFailed", QStringLiteral("AGAIN")}, {"ExchangeLimited", QStringLiteral("LATER")},
                    {"Renewed", QStringLiteral("SignedIn/confirming") + mark + QStringLiteral(" read")},
                    {"ExchangeRefused", QStringLiteral("SignedIn/rereading") + mark + QStringLiteral(" read")}});
            state({SignedIn, Rereading, false, kept},
                {{"Same", ended}, {"Gone", ended}, {"Unreadable", kept ? QStringLiteral("AGAIN") : ended},
                    {"Newer", kept ? presenting + QStringLiteral(" newer present") : ended}});
            const QString keeping = QStringLiteral("SignedIn/keeping") + mark + QStringLiteral(" keep");
            state({SignedIn, Confirming, false, kept},
                {{"Same", keeping}, {"Newer", keeping}, {"Unreadable", keeping}, {"Gone", kept ? left : keeping}});
            state({SignedIn, Waiting, false, kept},
                {{"TokenAsked", QStringLiteral("SignedIn/waiting") + mark + QStringLiteral(" comfort")},
                    {"WaitOver", QStringLiteral("SignedIn/turn") + mark + QStringLiteral(" -timers turn")}});
            state({SignedIn, Keeping, false, kept},
                {{"Kept", QStringLiteral("SignedIn= ") + on}, {"NotKept", QStringLiteral("SignedIn ") + on}});
        }
        state({SignedIn, None, true, false},
            {{"TokenAsked", QStringLiteral("SignedIn/application@ wait -timers application")},
                {"RenewalDue", QStringLiteral("SignedIn/application@ -timers application")}});
        state({SignedIn, Application, true, false},
            {{"TokenGiven", QStringLiteral("SignedIn@ ") + on},
                {"TokenRefused", QStringLiteral("NeedsSignIn@ -turn -timers forget-tokens PHASE refuse*")},
                {"TokenDelayed", QStringLiteral("AGAIN")}, {"TokenLimited", QStringLiteral("LATER")}});
        state({SignedIn, Waiting, true, false},
            {{"TokenAsked", QStringLiteral("SignedIn/waiting@ comfort")},
                {"WaitOver", QStringLiteral("SignedIn/application@ -timers application")}});
    }
    void everyStateMeetsEveryEvent()
    {
        QFETCH(int, phase);
        QFETCH(int, renewal);
        QFETCH(bool, byApplication);
        QFETCH(bool, kept);
        QFETCH(QByteArray, event);
        QFETCH(QString, expected);
        const auto named = std::find_if(allEvents().begin(), allEvents().end(),
            [&](const NamedEvent& one) { return one.name == event; });
        const am::State from{am::Phase(phase), am::Renewal(renewal), byApplication, kept};
        QCOMPARE(describe(am::step(from, named->event)), expected);
    }

    /// From everywhere that can be reached, and whatever comes.
    void whatHoldsInEveryState()
    {
        using enum am::Renewal;
        std::vector<am::State> reached{{}};
        for (std::size_t i = 0; i < reached.size(); ++i) {
            for (const NamedEvent& named : allEvents()) {
                const am::State from = reached[i];
                const am::Step step = am::step(from, named.event);
                const am::State& to = step.state;
                const QByteArray origin
                    = (describe(from) + QLatin1Char(' ') + QLatin1String(named.name)).toUtf8();
                const char* const where = origin.constData();
                // A phase is told exactly when it changes; an end leaves nobody waiting, no token, no turn.
                QVERIFY2(has(step, am::AnnouncePhase{}) == (from.phase != to.phase), where);
                const bool gone = to.phase == am::Phase::SignedOut || to.phase == am::Phase::NeedsSignIn;
                const bool ends = gone && from.phase != to.phase;
                QVERIFY2(!ends || (has(step, am::RefuseWaiting{}) && has(step, am::ReleaseTurn{})), where);
                QVERIFY2(!ends || to.renewal == None, where);
                // Nobody but a session renews, one renewal at a time, and a turn does not stay taken.
                QVERIFY2(!gone || to.renewal == None || to.renewal == Keeping, where);
                QVERIFY2(!has(step, am::TakeTurn{}) || from.renewal == None || from.renewal == Waiting, where);
                QVERIFY2(to.renewal != Waiting || from.renewal == Waiting || has(step, am::ReleaseTurn{}), where);
                QVERIFY2(from.renewal == None || to.renewal != None || has(step, am::ReleaseTurn{}), where);
                // An answer that is still to come finds its renewal, or counts no more.
                const bool waits = from.renewal == Turn || from.renewal == Reading
                    || from.renewal == Presenting || from.renewal == Rereading || from.renewal == Confirming;
                const bool dropped = waits && (to.renewal == None || to.renewal == Keeping
                    || to.renewal == Waiting || to.renewal == Application);
                const bool wasAnswer = std::holds_alternative<am::TurnDenied>(named.event)
                    || std::holds_alternative<am::StoreRead>(named.event)
                    || std::holds_alternative<am::StoreUnreadable>(named.event)
                    || std::holds_alternative<am::ExchangeFailed>(named.event);
                QVERIFY2(!dropped || wasAnswer || has(step, am::Supersede{}), where);
                // What fails is tried again.
                QVERIFY2(to.phase != am::Phase::SignedIn || to.renewal != None || from.renewal == None
                        || has(step, am::StartRetry{Busy}) || has(step, am::AnnounceToken{}), where);
                if (std::find(reached.begin(), reached.end(), to) == reached.end()) {
                    reached.push_back(to);
                }
            }
        }
        QVERIFY(reached.size() > 20);
    }

    void signingInTellsWhoItIs()
    {
        World w;
        w.http.expect("POST", PasswordPath)
            .header("apikey", "anon")
            .header("X-Supabase-Api-Version", "2024-01-01")
            .header("Content-Type", "application/json")
            .json(QJsonObject{{QStringLiteral("email"), QStringLiteral("ana@school.example")},
                {QStringLiteral("password"), QStringLiteral("pw")}})
            .reply(200, sessionAnswer(1));
        auto done = w.session->signInWithPassword(
            QStringLiteral("ana@school.example"), QStringLiteral("pw"));
        QCOMPARE(w.session->state(), State::SignedOut);
        QTRY_VERIFY(done.isFinished());
        QVERIFY(done.result().ok());
        QCOMPARE(w.session->state(), State::SignedIn);
        const SignedInUser expected{UserId(QStringLiteral("u1")),
            QStringLiteral("ana@school.example"), QStringLiteral("Ana"), QStringLiteral("student")};
        QCOMPARE(w.session->user(), expected);
        QCOMPARE(w.published, QStringList{QStringLiteral("access-1")});
        QCOMPARE(w.kept().value(QStringLiteral("refresh_token")).toString(),
            QStringLiteral("refresh-1"));
        QVERIFY(!toJson(w.kept()).contains("access-1"));
    }

    void aFailedSignInHasItsCode_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("wrong password")
            << 400 << refusal("invalid_credentials") << int(ErrorKind::Invalid)
            << QStringLiteral("invalid_credentials");
        QTest::newRow("older servers")
            << 400
            << QJsonObject{{QStringLiteral("code"), 400},
                   {QStringLiteral("error_code"), QStringLiteral("invalid_credentials")},
                   {QStringLiteral("msg"), QStringLiteral("x")}}
            << int(ErrorKind::Invalid) << QStringLiteral("invalid_credentials");
        QTest::newRow("oldest servers")
            << 400 << QJsonObject{{QStringLiteral("error"), QStringLiteral("invalid_grant")}}
            << int(ErrorKind::Invalid) << QStringLiteral("invalid_grant");
        QTest::newRow("too often")
            << 429 << refusal("over_request_rate_limit") << int(ErrorKind::RateLimited)
            << QStringLiteral("over_request_rate_limit");
        QTest::newRow("broken server")
            << 500 << QJsonObject() << int(ErrorKind::Server) << QStringLiteral("http_500");
        QTest::newRow("nonsense") << 200 << QJsonObject{{QStringLiteral("hello"), 1}}
                                  << int(ErrorKind::Protocol) << QStringLiteral("auth_malformed");
    }
    void aFailedSignInHasItsCode()
    {
        QFETCH(int, status);
        QFETCH(QJsonObject, body);
        QFETCH(int, kind);
        QFETCH(QString, code);
        World w;
        w.http.expect("POST", PasswordPath).reply(status, body);
        auto done = w.session->signInWithPassword(QStringLiteral("a"), QStringLiteral("b"));
        QTRY_VERIFY(done.isFinished());
        QCOMPARE(int(done.result().error().kind), kind);
        QCOMPARE(done.result().error().code, code);
        QCOMPARE(w.session->state(), State::SignedOut);
    }

    void signingUpSignsInOrAsksForConfirmation()
    {
        World w;
        w.http.expect("POST", "/auth/v1/signup")
            .reply(200,
                QJsonObject{{QStringLiteral("id"), QStringLiteral("u9")},
                    {QStringLiteral("email"), QStringLiteral("e")}});
        auto first
            = w.session->signUp(QStringLiteral("e"), QStringLiteral("p"), QStringLiteral("Eva"));
        QTRY_VERIFY(first.isFinished());
        QCOMPARE(first.result().error().code, QStringLiteral("email_not_confirmed"));
        w.http.expect("POST", "/auth/v1/signup").reply(200, sessionAnswer(1));
        auto second
            = w.session->signUp(QStringLiteral("e"), QStringLiteral("p"), QStringLiteral("Eva"));
        QTRY_VERIFY(second.isFinished());
        QCOMPARE(w.session->state(), State::SignedIn);
    }

    void aGoodTokenIsHandedOutWithoutAsking()
    {
        World w;
        w.signIn();
        w.time.advance(3600s - 91s);
        auto token = w.session->accessToken();
        QTRY_VERIFY(token.isFinished());
        QCOMPARE(*token.result(), QStringLiteral("access-1"));
        QCOMPARE(w.http.requestCount(), 1);
    }

    void theTokenIsRenewedBeforeItExpires()
    {
        World w;
        w.signIn();
        w.http.expect("POST", RefreshPath).json(refreshBody(1)).reply(200, sessionAnswer(2));
        w.time.advance(3600s - 90s);
        QTRY_COMPARE(w.published.size(), 2);
        QCOMPARE(w.kept().value(QStringLiteral("refresh_token")).toString(),
            QStringLiteral("refresh-2"));
    }

    void aWrongWallClockDoesNotMatter_data()
    {
        QTest::addColumn<qint64>("hours");
        QTest::newRow("years ahead") << qint64(24 * 365 * 3);
        QTest::newRow("years behind") << qint64(-24 * 365 * 3);
    }
    void aWrongWallClockDoesNotMatter()
    {
        QFETCH(qint64, hours);
        World w;
        w.time.jumpWall(std::chrono::hours(hours));
        w.signIn();
        w.time.jumpWall(std::chrono::hours(-hours * 2));
        w.time.advance(30min);
        auto token = w.session->accessToken();
        QTRY_VERIFY(token.isFinished());
        QCOMPARE(*token.result(), QStringLiteral("access-1"));
    }

    void manyAskersMakeOneRequest()
    {
        World w;
        w.signIn(1, 3600);
        w.http.expect("POST", RefreshPath).hold();
        w.time.advance(3600s - 30s);
        QList<Async<QString>> tokens;
        for (int i = 0; i < 50; ++i) {
            tokens.append(w.session->accessToken());
        }
        w.http.answerHeld(200, sessionAnswer(2));
        for (const Async<QString>& token : tokens) {
            QTRY_VERIFY(token.isFinished());
            QCOMPARE(*token.result(), QStringLiteral("access-2"));
        }
        QCOMPARE(w.http.requestCount(), 2);
    }

    void theNewRefreshTokenIsKeptBeforeAnybodyHearsOfIt()
    {
        auto slow = std::make_shared<SlowSecretStore>();
        World w(slow);
        w.http.expect("POST", PasswordPath).reply(200, sessionAnswer(1));
        auto done = w.session->signInWithPassword(QStringLiteral("a"), QStringLiteral("b"));
        QTRY_COMPARE(slow->pending.size(), size_t(1));
        QVERIFY(w.published.isEmpty());
        QVERIFY(!done.isFinished());
        slow->pending.front().resolve({});
        QTRY_COMPARE(w.published.size(), 1);
        w.http.expect("POST", RefreshPath).reply(200, sessionAnswer(2));
        w.time.advance(3600s - 90s);
        QTRY_COMPARE(slow->pending.size(), size_t(2));
        QVERIFY(slow->written.last().contains("refresh-2"));
        QCOMPARE(w.published.size(), 1);
        slow->pending.back().resolve(
            Error{ErrorKind::Storage, QStringLiteral("secret_failed"), {}, {}});
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be kept")));
        QTRY_COMPARE(w.published.size(), 2);
    }

    void aLostAnswerIsAskedForAgainWithTheSameToken()
    {
        World w;
        w.signIn();
        w.http.expect("POST", RefreshPath).json(refreshBody(1)).fail(NoNetwork);
        w.time.advance(3600s - 90s);
        QTRY_VERIFY(w.http.isSatisfied());
        QTRY_COMPARE(w.time.pendingTasks(), 1);
        w.http.expect("POST", RefreshPath).json(refreshBody(1)).reply(503, QJsonObject());
        w.time.advance(500ms);
        QTRY_VERIFY(w.http.isSatisfied());
        QTRY_COMPARE(w.time.pendingTasks(), 1);
        w.http.expect("POST", RefreshPath).json(refreshBody(1)).reply(200, sessionAnswer(2));
        w.time.advance(1s);
        QTRY_COMPARE(w.published.last(), QStringLiteral("access-2"));
        QCOMPARE(w.session->state(), State::SignedIn);
    }

    /// Who asks gets the token while it lives and else hears how long it takes; nothing is sent.
    void aWaitTheServerAskedForIsNotCutShort()
    {
        World w;
        w.signIn();
        w.http.expect("POST", RefreshPath)
            .reply(429, refusal("over_request_rate_limit"), {{"Retry-After", "120"}});
        w.time.advance(3600s - 90s);
        QTRY_VERIFY(w.http.isSatisfied());
        QTRY_COMPARE(w.time.pendingTasks(), 1);
        w.time.advance(40s);
        auto alive = w.session->accessToken();
        QTRY_VERIFY(alive.isFinished());
        QCOMPARE(*alive.result(), QStringLiteral("access-1"));
        w.time.advance(60s);
        w.session->renew();
        auto late = w.session->accessToken();
        QTRY_VERIFY(late.isFinished());
        QCOMPARE(late.result().error().kind, ErrorKind::RateLimited);
        QCOMPARE(late.result().error().retryAfter, std::optional(std::chrono::milliseconds(20s)));
        QCOMPARE(w.http.requestCount(), 2);
        w.http.expect("POST", RefreshPath).json(refreshBody(1)).reply(200, sessionAnswer(2));
        w.time.advance(20s);
        QTRY_COMPARE(w.published.last(), QStringLiteral("access-2"));
    }

    void withoutNetworkTheOldTokenServesUntilItExpires()
    {
        World w;
        w.signIn();
        w.http.expect("POST", RefreshPath).fail(NoNetwork);
        w.time.advance(3600s - 90s);
        QTRY_COMPARE(w.time.pendingTasks(), 1);
        w.http.expect("POST", RefreshPath).hold();
        w.time.advance(40s);
        auto token = w.session->accessToken();
        w.http.answerHeld(NoNetwork);
        QTRY_VERIFY(token.isFinished());
        QCOMPARE(*token.result(), QStringLiteral("access-1"));
        w.http.expect("POST", RefreshPath).hold();
        w.time.advance(50s);
        auto late = w.session->accessToken();
        w.http.answerHeld(NoNetwork);
        QTRY_VERIFY(late.isFinished());
        QCOMPARE(late.result().error().kind, ErrorKind::Offline);
        QCOMPARE(w.session->state(), State::SignedIn);
    }

    void aRefusalEndsTheSessionButForgetsNobody_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("used") << 400 << QByteArray("refresh_token_already_used");
        QTest::newRow("unknown") << 400 << QByteArray("refresh_token_not_found");
        QTest::newRow("session gone") << 403 << QByteArray("session_not_found");
        QTest::newRow("banned") << 403 << QByteArray("user_banned");
    }
    void aRefusalEndsTheSessionButForgetsNobody()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, code);
        World w;
        w.signIn();
        w.http.expect("POST", RefreshPath).reply(status, refusal(code.constData()));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("ended the session")));
        w.time.advance(3600s - 90s);
        QTRY_COMPARE(w.session->state(), State::NeedsSignIn);
        QCOMPARE(w.session->user().id, UserId(QStringLiteral("u1")));
        auto token = w.session->accessToken();
        QTRY_VERIFY(token.isFinished());
        QCOMPARE(token.result().error().code, QStringLiteral("needs_sign_in"));
        QCOMPARE(w.time.pendingTasks(), 0);
        w.signIn(5);
        QCOMPARE(w.session->state(), State::SignedIn);
    }

    void aCaptivePortalDoesNotEndTheSession_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a page that says yes") << 200 << QByteArray("<html>pay here</html>");
        QTest::newRow("a page that says no") << 403 << QByteArray("<html>no</html>");
        QTest::newRow("a proxy without the route") << 404 << QByteArray();
        QTest::newRow("too many at once")
            << 429 << QByteArray(R"({"code":"over_request_rate_limit"})");
        QTest::newRow("another refresh") << 409 << QByteArray(R"({"code":"conflict"})");
    }
    void aCaptivePortalDoesNotEndTheSession()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        World w;
        w.signIn();
        w.http.expect("POST", RefreshPath).replyText(status, body);
        w.time.advance(3600s - 90s);
        QTRY_COMPARE(w.time.pendingTasks(), 1);
        QCOMPARE(w.session->state(), State::SignedIn);
        w.http.expect("POST", RefreshPath).json(refreshBody(1)).reply(200, sessionAnswer(2));
        w.time.advance(1s);
        QTRY_COMPARE(w.published.last(), QStringLiteral("access-2"));
    }

    void theSessionSurvivesARestartWithoutNetwork()
    {
        World w;
        w.signIn();
        w.start();
        w.http.expect("POST", RefreshPath).json(refreshBody(1)).fail(NoNetwork);
        auto restored = w.session->restore();
        QCOMPARE(w.session->state(), State::Restoring);
        auto early = w.session->accessToken();
        QTRY_VERIFY(restored.isFinished());
        QVERIFY(restored.result().ok());
        QCOMPARE(w.session->state(), State::SignedIn);
        QCOMPARE(w.session->user().displayName, QStringLiteral("Ana"));
        QCOMPARE(w.session->user().appRole, QStringLiteral("student"));
        QTRY_VERIFY(early.isFinished());
        QCOMPARE(early.result().error().kind, ErrorKind::Offline);
        w.http.expect("POST", RefreshPath).json(refreshBody(1)).reply(200, sessionAnswer(2));
        auto token = w.session->accessToken();
        QTRY_VERIFY(token.isFinished());
        QCOMPARE(*token.result(), QStringLiteral("access-2"));
    }

    void nothingToRestoreIsSignedOut()
    {
        World w;
        auto restored = w.session->restore();
        QTRY_VERIFY(restored.isFinished());
        QVERIFY(restored.result().ok());
        QCOMPARE(w.session->state(), State::SignedOut);
        auto rubbish = w.secrets->write(Key, "not json");
        QTRY_VERIFY(rubbish.isFinished());
        auto again = w.session->restore();
        QTRY_VERIFY(again.isFinished());
        QCOMPARE(w.session->state(), State::SignedOut);
    }

    void signingOutForgetsAtOnceAndTellsTheServer()
    {
        World w;
        w.signIn();
        w.http.expect("POST", "/auth/v1/logout?scope=local")
            .header("Authorization", "Bearer access-1")
            .fail(NoNetwork);
        auto done = w.session->signOut();
        QCOMPARE(w.session->state(), State::SignedOut);
        QVERIFY(w.session->user().id.isEmpty());
        QTRY_VERIFY(done.isFinished());
        QVERIFY(done.result().ok());
        QVERIFY(w.kept().isEmpty());
        auto token = w.session->accessToken();
        QTRY_VERIFY(token.isFinished());
        QCOMPARE(token.result().error().code, QStringLiteral("signed_out"));
    }

    void anAnswerToAnEarlierSessionIsDropped()
    {
        World w;
        w.signIn();
        w.http.expect("POST", RefreshPath).hold();
        w.time.advance(3600s - 90s);
        w.http.expect("POST", "/auth/v1/logout?scope=local")
            .reply(204, QJsonValue(QJsonValue::Undefined));
        auto done = w.session->signOut();
        w.http.answerHeld(200, sessionAnswer(2));
        QTRY_VERIFY(done.isFinished());
        QCoreApplication::processEvents();
        QCOMPARE(w.session->state(), State::SignedOut);
        QVERIFY(w.kept().isEmpty());
        QCOMPARE(w.published.size(), 1);
    }

    void aRefusedTokenIsReplacedOnce()
    {
        World w;
        w.signIn();
        w.http.expect("POST", RefreshPath).json(refreshBody(1)).reply(200, sessionAnswer(2));
        auto first = w.session->refreshAfterRefusal(QStringLiteral("access-1"));
        auto second = w.session->refreshAfterRefusal(QStringLiteral("access-1"));
        QTRY_VERIFY(first.isFinished() && second.isFinished());
        QCOMPARE(*first.result(), QStringLiteral("access-2"));
        auto late = w.session->refreshAfterRefusal(QStringLiteral("access-1"));
        QTRY_VERIFY(late.isFinished());
        QCOMPARE(*late.result(), QStringLiteral("access-2"));
        QCOMPARE(w.http.requestCount(), 2);
    }

    void aShortLivedTokenIsNotRefreshedOnEveryUse()
    {
        World w;
        w.signIn(1, 30);
        auto token = w.session->accessToken();
        QTRY_VERIFY(token.isFinished());
        QCOMPARE(*token.result(), QStringLiteral("access-1"));
        w.http.expect("POST", RefreshPath).reply(200, sessionAnswer(2, 30));
        w.time.advance(15s);
        QTRY_COMPARE(w.published.size(), 2);
    }

    void theServersClockIsKnownFromItsAnswers()
    {
        World w;
        w.http.expect("POST", PasswordPath)
            .reply(200, sessionAnswer(1), {{"Date", "Mon, 23 Nov 2026 08:00:00 GMT"}});
        auto done = w.session->signInWithPassword(QStringLiteral("a"), QStringLiteral("b"));
        QTRY_VERIFY(done.isFinished());
        const WallTime server = parseTimestamp(QStringLiteral("2026-11-23T08:00:00Z")).value();
        QCOMPARE(w.time.wall() + w.session->serverClockOffset(), server);
    }

    void theApplicationMayGiveTheTokens()
    {
        World w;
        int asked = 0;
        std::optional<Error> problem;
        const auto token = [&w](int number) {
            const auto expiry = std::chrono::floor<std::chrono::seconds>(w.time.wall() + 600s);
            return QString::fromLatin1(signJwt({{QStringLiteral("sub"), QStringLiteral("theirs")},
                {QStringLiteral("email"), QStringLiteral("ana@school.example")}, {QStringLiteral("n"), number},
                {QStringLiteral("exp"), qint64(expiry.time_since_epoch().count())},
                {QStringLiteral("app_metadata"), QJsonObject{{QStringLiteral("role"), QStringLiteral("teacher")}}}}, "secret"));
        };
        auto ready = w.session->useTokens([&] {
            ++asked;
            return problem ? readyAsync<QString>(*problem) : readyAsync<QString>(token(asked));
        });
        auto early = w.session->accessToken();
        QVERIFY(!early.isFinished());
        QTRY_VERIFY(ready.isFinished() && early.isFinished());
        QVERIFY(ready.result().ok());
        QCOMPARE(w.session->state(), State::SignedIn);
        QCOMPARE(w.session->user().id, UserId(QStringLiteral("theirs")));
        QCOMPARE(w.session->user().appRole, QStringLiteral("teacher"));
        QCOMPARE(w.published, QStringList{*early.result()});
        QVERIFY(w.kept().isEmpty());

        auto again = w.session->accessToken();
        QTRY_VERIFY(again.isFinished());
        QCOMPARE(asked, 1); // good for a while
        w.time.advance(600s - AuthSession::RefreshMargin);
        QTRY_COMPARE(w.published.size(), 2);
        QCOMPARE(asked, 2);

        auto fresher = w.session->refreshAfterRefusal(w.published.last());
        QTRY_VERIFY(fresher.isFinished());
        QCOMPARE(asked, 3);
        QCOMPARE(*fresher.result(), w.published.last());

        problem = Error{ErrorKind::Offline, QStringLiteral("network_down"), {}, {}};
        auto offline = w.session->refreshAfterRefusal(w.published.last());
        QTRY_VERIFY(offline.isFinished());
        QCOMPARE(offline.result().error().code, QStringLiteral("network_down"));
        QCOMPARE(w.session->state(), State::SignedIn);
        problem = Error{ErrorKind::Unauthorized, QStringLiteral("gone"), {}, {}};
        w.time.advance(600s);
        QTRY_COMPARE(w.session->state(), State::NeedsSignIn);

        problem.reset();
        auto back = w.session->useTokens([&] { return readyAsync<QString>(token(9)); });
        QTRY_VERIFY(back.isFinished() && back.result().ok());
        auto out = w.session->signOut(); // asks nobody: the session is not the server's
        QTRY_VERIFY(out.isFinished());
        QCOMPARE(w.session->state(), State::SignedOut);
        w.time.advance(3600s);
        QCOMPARE(w.session->state(), State::SignedOut);
    }
};

QTEST_GUILESS_MAIN(TestAuthSession)
#include "tst_authsession.moc"
