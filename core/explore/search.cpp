// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/search.h"

#include "core/explore/explore_sentences.h"

#include <algorithm>
#include <limits>
#include <random>
#include <unordered_set>
#include <utility>

namespace headroom {

namespace {

/// A figure, a field or an entry of the scenario; nothing for an unknown name.
std::optional<FieldValue> named_value(const DesignPoint& point, const EvaluatedPoint& evaluated,
                                      std::string_view name) {
    if (const Figure* figure = find_figure(name)) {
        return figure->exact(evaluated.analysis);
    }
    return value_of(point, name);
}

Status check_name(const DesignPoint& base, std::string_view role, std::string_view name) {
    if (find_figure(name) != nullptr || value_of(base, name)) {
        return std::monostate{};
    }
    return Error{{},
                 std::string(role),
                 found_expected("\"" + std::string(name) + "\"",
                                explore_says<"figure-or-one-of">(figure_names()))};
}

Status check_names(const SearchRequest& request) {
    std::vector<std::pair<std::string_view, std::string>> names;
    for (const Constraint& constraint : request.where) {
        for (const Expression* side : {&constraint.left, &constraint.right}) {
            for (const std::string& name : side->names()) {
                names.emplace_back("where", name);
            }
        }
    }
    for (const Objective& objective : request.objectives) {
        names.emplace_back(objective.minimize ? "minimize" : "maximize", objective.name);
    }
    for (const std::string& name : request.report) {
        names.emplace_back("figure", name);
    }
    for (const auto& [role, name] : names) {
        if (Status status = check_name(request.space.base, role, name); !status) {
            return status;
        }
    }
    return std::monostate{};
}

/// Whether a is at least as good everywhere and better somewhere.
bool dominates(const std::vector<Objective>& objectives, const FrontPoint& a, const FrontPoint& b) {
    bool better = false;
    for (std::size_t i = 0; i < objectives.size(); ++i) {
        const double x = objectives[i].minimize ? a.objectives[i] : -a.objectives[i];
        const double y = objectives[i].minimize ? b.objectives[i] : -b.objectives[i];
        if (x > y) {
            return false;
        }
        better |= x < y;
    }
    return better;
}

/// Looks at points once each and keeps the front.
class Searcher {
public:
    explicit Searcher(const SearchRequest& request)
        : m_request(request)
        , m_random(request.seed) {
        m_result.space_size = request.space.size();
    }

    Result<SearchResult> run() {
        if (m_result.space_size <= m_request.limit) {
            m_result.exhaustive = true;
            for (std::int64_t index = 0; index < m_result.space_size; ++index) {
                visit(index);
            }
        } else {
            sample(m_request.limit / 2);
            while (looked_at() < m_request.limit) {
                if (!refine()) {
                    sample(looked_at() + 1); // the front has no unseen neighbour: look elsewhere
                }
            }
        }
        if (m_error) {
            return *m_error;
        }
        sort_front();
        return std::move(m_result);
    }

private:
    [[nodiscard]] std::int64_t looked_at() const {
        return static_cast<std::int64_t>(m_seen.size());
    }

    /// Draws unseen points until `count` were looked at.
    void sample(std::int64_t count) {
        const auto size = static_cast<std::uint64_t>(m_result.space_size);
        while (looked_at() < std::min(count, m_request.limit)) {
            const auto index = static_cast<std::int64_t>(m_random() % size);
            if (m_seen.insert(index).second) {
                visit(index);
            }
        }
    }

    /// Looks at the unseen neighbours of the front; false when there are none.
    bool refine() {
        std::vector<std::int64_t> centres;
        for (const FrontPoint& point : m_result.front) {
            if (m_refined.insert(point.index).second) {
                centres.push_back(point.index);
            }
        }
        bool any = false;
        for (const std::int64_t centre : centres) {
            const std::vector<std::size_t> position = m_request.space.coordinates(centre);
            for (std::size_t i = 0; i < position.size(); ++i) {
                any |= visit_neighbour(position, i, position[i] - 1); // wraps below 0: refused
                any |= visit_neighbour(position, i, position[i] + 1);
            }
        }
        return any;
    }

    bool visit_neighbour(std::vector<std::size_t> position, std::size_t axis, std::size_t value) {
        if (value >= m_request.space.axes[axis].values.size() || looked_at() >= m_request.limit) {
            return false;
        }
        position[axis] = value;
        const std::int64_t index = m_request.space.index(position);
        if (!m_seen.insert(index).second) {
            return false;
        }
        visit(index);
        return true;
    }

    void visit(std::int64_t index) {
        const Result<DesignPoint> point = m_request.space.point(index);
        if (!point) {
            ++m_result.invalid;
            return;
        }
        const Result<EvaluatedPoint> evaluated = m_request.space.evaluate(*point);
        if (!evaluated) {
            ++m_result.invalid;
            return;
        }
        ++m_result.evaluated;
        if (!feasible(*point, *evaluated)) {
            ++m_result.infeasible;
            return;
        }
        add(candidate(*point, *evaluated, index));
    }

    double number(const DesignPoint& point, const EvaluatedPoint& evaluated,
                  const std::string& name) {
        const auto value = named_value(point, evaluated, name);
        const auto result = value ? to_number(*value) : std::nullopt;
        if (!result && !m_error) {
            m_error =
                Error{{}, name, found_expected(explore_says<"no-number">(), base_says<"number">())};
        }
        return result.value_or(0);
    }

    double evaluate(const Expression& expression, const DesignPoint& point,
                    const EvaluatedPoint& evaluated) {
        std::vector<double> values;
        for (const std::string& name : expression.names()) {
            values.push_back(number(point, evaluated, name));
        }
        return expression.evaluate(values);
    }

    bool feasible(const DesignPoint& point, const EvaluatedPoint& evaluated) {
        return std::all_of(
            m_request.where.begin(), m_request.where.end(), [&](const Constraint& constraint) {
                return constraint.holds(evaluate(constraint.left, point, evaluated),
                                        evaluate(constraint.right, point, evaluated));
            });
    }

    FrontPoint candidate(const DesignPoint& point, const EvaluatedPoint& evaluated,
                         std::int64_t index) {
        FrontPoint result;
        result.index = index;
        for (const Axis& axis : m_request.space.axes) {
            result.fields.push_back(*value_of(point, axis.name));
        }
        for (const Objective& objective : m_request.objectives) {
            result.objectives.push_back(number(point, evaluated, objective.name));
            result.figures.push_back(*named_value(point, evaluated, objective.name));
        }
        for (const std::string& name : m_request.report) {
            result.figures.push_back(*named_value(point, evaluated, name));
        }
        return result;
    }

    void add(FrontPoint candidate) {
        std::vector<FrontPoint>& front = m_result.front;
        const auto& objectives = m_request.objectives;
        for (const FrontPoint& point : front) {
            if (dominates(objectives, point, candidate)) {
                return;
            }
        }
        std::erase_if(front, [&](const FrontPoint& point) {
            return dominates(objectives, candidate, point);
        });
        front.push_back(std::move(candidate));
    }

    void sort_front() {
        const auto& objectives = m_request.objectives;
        std::sort(m_result.front.begin(), m_result.front.end(),
                  [&](const FrontPoint& a, const FrontPoint& b) {
                      for (std::size_t i = 0; i < objectives.size(); ++i) {
                          if (a.objectives[i] != b.objectives[i]) {
                              return (a.objectives[i] < b.objectives[i]) == objectives[i].minimize;
                          }
                      }
                      return a.index < b.index;
                  });
    }

    const SearchRequest& m_request;
    std::mt19937_64 m_random; // its output is fixed by the C++ standard, unlike the distributions'
    SearchResult m_result;
    std::unordered_set<std::int64_t> m_seen;
    std::unordered_set<std::int64_t> m_refined;
    std::optional<Error> m_error;
};

} // namespace

Result<SearchResult> search(const SearchRequest& request) {
    if (Status status = check_names(request); !status) {
        return status.error();
    }
    if (request.objectives.empty()) {
        return Error{{},
                     "minimize",
                     found_expected(explore_says<"no-objective">(), base_says<"at-least-one">())};
    }
    if (request.space.size() == std::numeric_limits<std::int64_t>::max()) {
        return Error{
            {}, "vary", found_expected(explore_says<"space-beyond">(), explore_says<"fewer">())};
    }
    return Searcher(request).run();
}

} // namespace headroom
