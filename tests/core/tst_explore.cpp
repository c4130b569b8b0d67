// SPDX-License-Identifier: GPL-3.0-or-later
// Expressions, axes, sweeps and searches: precedence, ends of ranges, order of points, ties on the
// Pareto front and constraints at their edge.
#include "core/base/expression.h"
#include "core/explore/search.h"
#include "core/explore/sweep.h"
#include "simple_device.h"
#include "small_designs.h"

#include <QTest>

#include <cmath>

using namespace headroom;

namespace {

double value(const char* text, const std::vector<double>& names = {}) {
    const auto expression = Expression::parse(text);
    if (!expression) {
        qFatal("%s: %s", text, expression.error().text().c_str());
    }
    return expression->evaluate(names);
}

std::vector<std::string> axis_values(const char* text) {
    const auto axis = parse_axis(text);
    return axis ? axis->values : std::vector<std::string>{"refused"};
}

using Texts = std::vector<std::string>;

DesignSpace space(const std::vector<const char*>& axes) {
    DesignSpace s;
    s.base.config = small_designs::dense();
    s.device = simple_device::profile();
    for (const char* text : axes) {
        s.axes.push_back(*parse_axis(text));
    }
    return s;
}

std::vector<std::int64_t> front_of(const SearchRequest& request) {
    const auto result = search(request);
    if (!result) {
        qFatal("%s", result.error().text().c_str());
    }
    std::vector<std::int64_t> indices;
    for (const FrontPoint& point : result->front) {
        indices.push_back(point.index);
    }
    return indices;
}

using Indices = std::vector<std::int64_t>;

} // namespace

class TestExplore : public QObject {
    Q_OBJECT

private slots:
    void precedence_data();
    void precedence();
    void units();
    void names();
    void malformedExpressions();
    void relations_data();
    void relations();
    void counts();
    void ranges();
    void badAxes();
    void scenarioFields();
    void orderOfPoints();
    void sweepRows();
    void paretoFront();
    void tiesAreKept();
    void orderOfTheFront();
    void constraints();
    void largeSpaces();
};

void TestExplore::precedence_data() {
    QTest::addColumn<double>("expected");
    const auto row = [](const char* text, double expected) { QTest::newRow(text) << expected; };
    row("2 + 3 * 4", 14);
    row("(2 + 3) * 4", 20);
    row("2 * 3 + 4", 10);
    row("20 - 8 - 5", 7); // from the left
    row("40 / 4 / 5", 2);
    row("40 / 4 * 5", 50);
    row("2 * 3 ^ 2", 18);
    row("2 ^ 3 ^ 2", 512); // from the right
    row("-3 ^ 2", -9);
    row("2 ^ -1", 0.5);
    row("2 - -3", 5);
    row("2 * -3 + 1", -5);
    row("--2", 2);
    row("1.5e3 / .5", 3000);
    row("((7))", 7);
}

void TestExplore::precedence() {
    QFETCH(double, expected);
    QCOMPARE(value(QTest::currentDataTag()), expected);
}

void TestExplore::units() {
    QCOMPARE(value("2K"), 2048.0);
    QCOMPARE(value("2M"), 2097152.0);
    QCOMPARE(value("2KB"), 2e3);
    QCOMPARE(value("2MB"), 2e6);
    QCOMPARE(value("2GB"), 2e9);
    QCOMPARE(value("2TB"), 2e12);
    QCOMPARE(value("2KiB"), 2048.0);
    QCOMPARE(value("2MiB"), 2097152.0);
    QCOMPARE(value("2GiB"), 2147483648.0);
    QCOMPARE(value("2TiB"), 2199023255552.0);
    QCOMPARE(value("3 * 1.5K"), 4608.0);
}

void TestExplore::names() {
    const auto expression = Expression::parse("a * b_2 - a / H");
    QVERIFY(expression);
    QCOMPARE(expression->names(), (Texts{"a", "b_2", "H"}));
    QCOMPARE(expression->evaluate(std::vector<double>{6, 5, 3}), 28.0);
}

void TestExplore::malformedExpressions() {
    for (const char* text : {"", "  ", "2 +", "* 2", "(2", "2)", "2 3", "2 ? 3", "4 XB", "."}) {
        QVERIFY2(!Expression::parse(text), text);
    }
    QVERIFY(Expression::parse("1 + 2 x").error().text().find("column 7") != std::string::npos);
    QVERIFY(!Expression::parse(std::string(1001, '1')));
    QVERIFY(Expression::parse(std::string(999, ' ') + "1"));
}

void TestExplore::relations_data() {
    QTest::addColumn<bool>("below");
    QTest::addColumn<bool>("at");
    QTest::addColumn<bool>("above");
    QTest::newRow("a < 5") << true << false << false;
    QTest::newRow("a <= 5") << true << true << false;
    QTest::newRow("a > 5") << false << false << true;
    QTest::newRow("a >= 5") << false << true << true;
    QTest::newRow("a == 5") << false << true << false;
}

void TestExplore::relations() {
    QFETCH(bool, below);
    QFETCH(bool, at);
    QFETCH(bool, above);
    const auto constraint = Constraint::parse(QTest::currentDataTag());
    QVERIFY(constraint);
    QCOMPARE(constraint->left.names(), (Texts{"a"}));
    QCOMPARE(constraint->right.evaluate({}), 5.0);
    QCOMPARE(constraint->holds(4, 5), below);
    QCOMPARE(constraint->holds(5, 5), at);
    QCOMPARE(constraint->holds(6, 5), above);
    QVERIFY(!Constraint::parse("a = 5"));
    QVERIFY(!Constraint::parse("a + 5"));
    QVERIFY(!Constraint::parse("a < "));
}

void TestExplore::counts() {
    QCOMPARE(parse_count("128K").value(), std::int64_t{131072});
    QCOMPARE(parse_count("1m").value(), std::int64_t{1048576});
    QCOMPARE(parse_count("-3").value(), std::int64_t{-3});
    for (const char* text : {"", "K", "1.5", "12x", "9223372036854775807K"}) {
        QVERIFY2(!parse_count(text), text);
    }
}

void TestExplore::ranges() {
    QCOMPARE(axis_values("batch=3:6"), (Texts{"3", "4", "5", "6"}));
    QCOMPARE(axis_values("batch=3:9:3"), (Texts{"3", "6", "9"})); // both ends
    QCOMPARE(axis_values("batch=3:8:3"), (Texts{"3", "6"}));
    QCOMPARE(axis_values("batch=3:3"), (Texts{"3"}));
    QCOMPARE(axis_values("batch=1:8:*2"), (Texts{"1", "2", "4", "8"}));
    QCOMPARE(axis_values("batch=1:9:*2"), (Texts{"1", "2", "4", "8"}));
    QCOMPARE(axis_values("context=1K:4K:1K"), (Texts{"1024", "2048", "3072", "4096"}));
    QCOMPARE(axis_values("context=2K,5"), (Texts{"2048", "5"}));
    QCOMPARE(axis_values("weights=bf16,int4"), (Texts{"bf16", "int4"}));
    QCOMPARE(axis_values("batch=1:100000").size(), std::size_t{100000});
    QCOMPARE(axis_values("batch=1:100001"), (Texts{"refused"}));
}

void TestExplore::badAxes() {
    for (const char* text : {"batch", "batch=", "=3", "wings=3", "batch=6:3", "batch=1:9:0",
                             "batch=1:9:*1", "batch=0:9:*2", "batch=1:x", "batch=1:9:-1"}) {
        QVERIFY2(!parse_axis(text), text);
    }
}

void TestExplore::scenarioFields() {
    DesignPoint point;
    point.config = small_designs::dense();
    const std::vector<std::pair<const char*, std::int64_t*>> counts = {
        {"context", &point.scenario.workload.context},
        {"batch", &point.scenario.workload.batch},
        {"prompt", &point.scenario.workload.prompt},
        {"output", &point.scenario.workload.output},
        {"gpus", &point.scenario.deployment.devices},
        {"tp", &point.scenario.deployment.tensor_parallel},
        {"pp", &point.scenario.deployment.pipeline_parallel},
        {"ep", &point.scenario.deployment.expert_parallel},
    };
    std::int64_t next = 101;
    for (const auto& [name, count] : counts) {
        QVERIFY(set_value(point, name, std::to_string(next)));
        QCOMPARE(*count, next);
        QVERIFY(value_of(point, name) == FieldValue(next));
        ++next;
    }
    QVERIFY(set_value(point, "weights", "fp8"));
    QVERIFY(value_of(point, "experts") == FieldValue(std::string("fp8"))); // as the weights
    QVERIFY(set_value(point, "experts", "int4"));
    QVERIFY(set_value(point, "kv", "int8"));
    QVERIFY(point.scenario.formats.weights == NumberFormat::Fp8);
    QVERIFY(point.scenario.formats.role(ParameterGroup::Experts) == NumberFormat::Int4);
    QVERIFY(point.scenario.formats.kv == NumberFormat::Int8);
    QVERIFY(set_value(point, "intermediate_size", "32"));
    QCOMPARE(point.config.intermediate_size, std::int64_t{32});
    QVERIFY(!set_value(point, "batch", "0"));
    QVERIFY(!set_value(point, "kv", "fp7"));
    QVERIFY(!set_value(point, "wings", "2"));
}

void TestExplore::orderOfPoints() {
    const DesignSpace s = space({"batch=1,2", "context=10,20,30"});
    QCOMPARE(s.size(), std::int64_t{6});
    // The last axis changes fastest.
    QCOMPARE(s.coordinates(4), (std::vector<std::size_t>{1, 1}));
    QCOMPARE(s.index({1, 1}), std::int64_t{4});
    for (std::int64_t i = 0; i < s.size(); ++i) {
        const auto point = s.point(i);
        QVERIFY(point);
        QCOMPARE(point->scenario.workload.batch, 1 + i / 3);
        QCOMPARE(point->scenario.workload.context, 10 * (1 + i % 3));
        QCOMPARE(s.index(s.coordinates(i)), i);
    }
}

void TestExplore::sweepRows() {
    // Three KV heads do not divide four heads: a point without figures.
    const auto result = sweep(space({"num_key_value_heads=1,2,3,4", "batch=1,2"}),
                              {find_figure("kv_bytes_per_token"), find_figure("total_bytes")});
    QVERIFY(result);
    QCOMPARE(result->rows.size(), std::size_t{6});
    QCOMPARE(result->skipped.size(), std::size_t{2});
    QCOMPARE(result->skipped.front().values, (Texts{"3", "1"}));
    for (std::size_t i = 0; i < 6; ++i) {
        const std::int64_t heads = i < 2 ? 1 : i < 4 ? 2 : 4;
        const SweepRow& row = result->rows[i];
        QVERIFY(row.fields[0] == FieldValue(heads));
        QVERIFY(row.fields[1] == FieldValue(static_cast<std::int64_t>(1 + i % 2)));
        // 2 * heads * 6 numbers of 2 bytes in 4 layers.
        QVERIFY(row.figures[0] == FieldValue(96 * heads));
    }
    QVERIFY(find_figure("wings") == nullptr);
    QVERIFY(!sweep(space({"batch=1:2000", "context=1:2000"}), {}));
}

void TestExplore::paretoFront() {
    // Wider feed-forwards have more parameters and the same cache; more KV heads more of both: of
    // 1, 2 and 4 heads only one is on the front that wants little cache, with the widest layer.
    SearchRequest request;
    request.space = space({"num_key_value_heads=1,2,4", "intermediate_size=8,16,24"});
    request.objectives = {{"kv_bytes_per_token", true}, {"intermediate_size", false}};
    QCOMPARE(front_of(request), (Indices{2}));
    // Little cache against many heads: every number of heads, each at its widest.
    request.objectives = {
        {"kv_bytes_per_token", true}, {"num_key_value_heads", false}, {"intermediate_size", false}};
    QCOMPARE(front_of(request), (Indices{2, 5, 8}));
    const auto result = search(request);
    QVERIFY(result->exhaustive);
    QCOMPARE(result->evaluated, std::int64_t{9});
    QCOMPARE(result->space_size, std::int64_t{9});
    QVERIFY(result->front[1].figures[0] == FieldValue(std::int64_t{192}));
    QCOMPARE(result->front[1].objectives, (std::vector<double>{192, 2, 24}));
}

void TestExplore::tiesAreKept() {
    // The output length changes neither parameters nor cache: all three points are as good.
    SearchRequest request;
    request.space = space({"output=1,2,3", "num_hidden_layers=4,5"});
    request.objectives = {{"parameters_total", true}, {"kv_bytes_per_token", true}};
    QCOMPARE(front_of(request), (Indices{0, 2, 4}));
}

void TestExplore::orderOfTheFront() {
    SearchRequest request;
    request.space = space({"num_key_value_heads=2,4,1"});
    request.objectives = {{"num_key_value_heads", false}, {"kv_bytes_per_token", true}};
    QCOMPARE(front_of(request), (Indices{1, 0, 2})); // most heads first
    request.objectives = {{"kv_bytes_per_token", true}, {"num_key_value_heads", false}};
    QCOMPARE(front_of(request), (Indices{2, 0, 1})); // least cache first
}

void TestExplore::constraints() {
    SearchRequest request;
    request.space = space({"intermediate_size=8,16,24,32", "num_attention_heads=4,5"});
    request.where = {*Constraint::parse("intermediate_size <= 1.5 * hidden_size"),
                     *Constraint::parse("intermediate_size > 8")};
    request.objectives = {{"intermediate_size", false}};
    const auto result = search(request);
    QVERIFY(result);
    QCOMPARE(front_of(request), (Indices{4})); // 24 is 1.5 * 16, five heads are no design
    QCOMPARE(result->evaluated, std::int64_t{4});
    QCOMPARE(result->invalid, std::int64_t{4});
    QCOMPARE(result->infeasible, std::int64_t{2}); // 8 and 32
    request.where = {*Constraint::parse("wings > 2")};
    QVERIFY(!search(request));
    request.where.clear();
    request.objectives.clear();
    QVERIFY(!search(request));
}

void TestExplore::largeSpaces() {
    // Of 4096 points 200 are looked at: half at random, then the front's neighbours, which leads to
    // the corner.
    SearchRequest request;
    request.space = space({"intermediate_size=1:64", "num_hidden_layers=1:64"});
    request.objectives = {{"parameters_total", true}};
    request.limit = 200;
    const auto result = search(request);
    QVERIFY(result);
    QVERIFY(!result->exhaustive);
    QCOMPARE(result->evaluated + result->invalid, std::int64_t{200});
    QCOMPARE(result->front.size(), std::size_t{1});
    QCOMPARE(result->front.front().index, std::int64_t{0});
    request.limit = 4096; // no more points than that: all of them
    QVERIFY(search(request)->exhaustive);
}

QTEST_APPLESS_MAIN(TestExplore)
#include "tst_explore.moc"
