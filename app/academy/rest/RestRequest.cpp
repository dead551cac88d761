// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RestRequest.h"

#include "academy/rest/RequestPlanner.h"
#include "academy/rest/RestError.h"
#include "academy/rest/RootDescription.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace academy {

RestRequest::RestRequest(
    const Request& request, RestTarget target, const Caller& caller, const Schema& schema)
    : m_request(request), m_target(std::move(target)), m_caller(caller), m_schema(schema),
      m_wanted(Preferences::of(request)), m_answer{.request = m_request,
                                              .wanted = m_wanted,
                                              .action = m_target.action,
                                              .type = {},
                                              .name = m_target.name.name,
                                              .profile = {}}
{
}

Response RestRequest::run(PgConnection& connection)
{
    m_answer.type = MediaType::of(m_request.header("accept"), m_target.isRoot);
    checkPreferences();
    m_answer.oneObject = m_answer.type.kind == MediaType::Kind::Object;
    m_answer.allowsTx = m_schema.settings.allowsTxOverride;
    m_answer.profile = m_target.negotiated ? m_target.name.schema : std::string();
    m_options.readOnly = m_target.readOnly;
    m_options.schema = m_target.name.schema;
    m_options.timezone = m_wanted.timezone;
    RestTransaction transaction(connection, m_request, m_caller, m_schema);
    if (m_target.isRoot) {
        return describeRoot(transaction, m_options, m_schema, m_answer.type.contentType());
    }
    const auto statement
        = RequestPlanner(m_request, m_target, m_schema, m_wanted, m_answer, m_options).plan();
    if (!statement) {
        RestOutcome nothing;
        nothing.body = m_answer.type.kind == MediaType::Kind::Csv ? "\n" : "[]";
        m_answer.check(nothing);
        return m_answer.response(nothing);
    }
    transaction.open(m_options);
    RestOutcome outcome = RestOutcome::of(transaction.run(statement->sql, statement->params));
    count(transaction, outcome, *statement);
    m_answer.check(outcome);
    Response response = m_answer.response(outcome);
    transaction.close(rollsBack());
    return response;
}

bool RestRequest::rollsBack() const
{
    const Schema::Settings& settings = m_schema.settings;
    return settings.allowsTxOverride ? m_wanted.rollsBack.value_or(settings.rollsBack)
                                     : settings.rollsBack;
}

/// The planner's guess, where it was asked for or where counting would take too long.
void RestRequest::count(
    RestTransaction& transaction, RestOutcome& outcome, const SqlStatement& statement)
{
    const bool tooMany = outcome.total && *outcome.total > m_schema.settings.maxRows;
    if (statement.estimate.empty() || (m_wanted.count == Count::Estimated && !tooMany)) {
        return;
    }
    const PgResult plan = transaction.run(statement.estimate, statement.estimateParams);
    const std::string_view json = plan.text(0, 0);
    const auto document = QJsonDocument::fromJson(
        QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size())));
    const std::int64_t guess = document.array()
                                   .at(0)
                                   .toObject()
                                   .value(QLatin1String("Plan"))
                                   .toObject()
                                   .value(QLatin1String("Plan Rows"))
                                   .toInteger();
    outcome.total = std::max(guess, outcome.total.value_or(0));
}

void RestRequest::checkPreferences() const
{
    if (m_wanted.isStrict && !m_wanted.unknown.empty()) {
        std::string names;
        for (const std::string& word : m_wanted.unknown) {
            names += (names.empty() ? "" : ", ") + word;
        }
        throw RestError{400, "PGRST122", "Invalid preferences given with handling=strict",
            "Invalid preferences: " + names, {}, {}, {}};
    }
}

} // namespace academy
