// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/rest/Preferences.h"
#include "academy/rest/Query.h"
#include "academy/rest/Schema.h"

#include <set>
#include <string>
#include <vector>

namespace academy {

/// A statement and its bound values, ready to run. Its one row is (total or NULL, rows of this
/// page, the body as JSON text, the GUC response.headers, the GUC response.status).
struct SqlStatement
{
    std::string sql;
    PgParams params;
};

/// How the body of the answer is put together.
enum class ResultShape {
    Array, ///< a JSON array of objects
    ScalarArray, ///< a JSON array of bare values
    Scalar, ///< one bare value
    Object, ///< the first row as an object
    None ///< no body
};

/// Writes the SQL of REST requests. Names are always quoted, values always bound; whatever a
/// request names is looked up in the schema first, so that the SQL consists of our words, catalogue
/// words and placeholders only. One object per statement. Throws RestError.
class SqlWriter final
{
public:
    struct Shape
    {
        ResultShape result = ResultShape::Array;
        bool stripNulls = false;
        bool countsRows = false;
        std::int64_t maxRows = 1000;
    };

    SqlWriter(const Schema& schema, Shape shape);

    SqlStatement select(const Schema::Table& table, const Query& query);
    /// `keys` are the columns the body brings; `body` is its JSON text.
    SqlStatement insert(const Schema::Table& table, const Query& query, const Preferences& wanted,
        const std::vector<std::string>& keys, const std::string& body);
    SqlStatement update(const Schema::Table& table, const Query& query, const Preferences& wanted,
        const std::vector<std::string>& keys, const std::string& body);
    SqlStatement remove(const Schema::Table& table, const Query& query, const Preferences& wanted);
    /// Arguments as one JSON object, `names` being its members.
    SqlStatement call(const Schema::Function& function, const Query& query,
        const std::set<std::string>& names, const std::string& body);
    /// Arguments as texts from a query string.
    SqlStatement call(const Schema::Function& function, const Query& query,
        const std::vector<std::pair<std::string, std::string>>& arguments);

private:
    /// A relation as the statement sees it: its alias, and its table when it is known.
    struct Source
    {
        std::string alias;
        const Schema::Table* table = nullptr;
    };
    struct Link;
    struct Parts;

    std::string column(const Source& source, const QueryField& field) const;
    std::string filter(const Source& source, const QueryFilter& filter);
    std::string logic(const Source& source, const QueryLogic& logic);
    std::string conditions(const Source& source, const QueryNode& node);
    std::string order(const Source& source, const QueryNode& node) const;
    Parts items(const Source& source, const QueryNode& node, bool isRoot);
    void embed(const Source& source, const QueryItem& item, Parts& parts);
    Link link(const Source& source, const QueryEmbed& embed) const;
    /// "select … from <relation> …" with everything a node asks for; `counted` is it without order
    /// and page.
    std::string page(const std::string& relation, const Source& source, const QueryNode& node,
        const std::string& extraCondition, std::string& counted);
    SqlStatement read(const std::string& prelude, const std::string& relation, const Source& source,
        const QueryNode& node);
    SqlStatement changed(const std::string& change, const Schema::Table& table, const Query& query,
        const Preferences& wanted);
    SqlStatement called(
        const Schema::Function& function, const Query& query, const std::string& source);
    std::string payload(const Schema::Table& table, const std::vector<std::string>& keys,
        const std::string& body, bool missingIsDefault);
    std::string bodyExpression() const;
    std::string freshAlias(const std::string& name);

    const Schema& m_schema;
    const Shape m_shape;
    PgParams m_params;
    int m_aliases = 0;
};

} // namespace academy
