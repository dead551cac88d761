// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "academy/postgres/Pg.h"
#include "academy/rest/ReadPlan.h"
#include "academy/rest/SqlText.h"

#include <string>

namespace academy {

/// How the body of the answer is put together.
enum class ResultShape {
    Array, ///< a JSON array of objects
    ScalarArray, ///< a JSON array of bare values
    Scalar, ///< one bare value
    Object, ///< the first row as an object
    Csv,
    None ///< no body
};

/// How rows are counted for the Content-Range header.
enum class Count { None, Exact, Planned, Estimated };

/// A statement and its bound values, ready to run. Its one row is described by ResultColumn.
struct SqlStatement
{
    std::string sql;
    PgParams params;
    /// Asks the planner how many rows there would be; empty unless it is needed.
    std::string estimate;
    PgParams estimateParams;
};

enum ResultColumn {
    TotalColumn, ///< NULL when nobody counts
    RowsColumn,
    BodyColumn,
    HeadersColumn, ///< what functions left in response.headers
    StatusColumn,
    InsertedColumn, ///< how many rows of an upsert are new; NULL for other statements
    LocationColumn ///< a JSON object of the first row's key, for the Location header
};

/// What is common to all statements of the REST service.
struct StatementParts
{
    SqlText prelude; ///< common table expressions, without "with"
    SqlText total; ///< empty when nobody counts
    SqlText rows; ///< the query of the page
    SqlText location; ///< empty when nobody asks
    ResultShape shape = ResultShape::Array;
    bool stripsNulls = false;
};

SqlText wholeStatement(const StatementParts& parts);

/// Which of a table's functions of a row the root of a plan names.
std::vector<std::string> computedColumns(const ReadPlan& plan);

} // namespace academy
