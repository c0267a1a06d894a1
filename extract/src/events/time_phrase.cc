#include "events/time_phrase.h"

#include <algorithm>
#include <cstdlib>

namespace whowhom::extract {
namespace {

using Days = std::optional<DayRange>;

Day AddDays(Day day, int64_t count) {
  constexpr int64_t kMost = 4'000'000;  // beyond the years 1 to 9999 either way
  return Day{static_cast<int32_t>(day.number + std::clamp<int64_t>(count, -kMost, kMost))};
}

bool IsInCalendar(Day day) {
  static const Day kFirst = *MakeDay(1, 1, 1);
  static const Day kLast = *MakeDay(9999, 12, 31);
  return kFirst <= day && day <= kLast;
}

Days Checked(Day from, Day to) {
  if (!IsInCalendar(from) || !IsInCalendar(to) || to < from) return std::nullopt;
  return DayRange{from, to};
}

Days OneDay(std::optional<Day> day) {
  if (!day) return std::nullopt;
  return DayRange{*day, *day};
}

// Months counted from year 0; `count` of them from (year, month).
Days Months(int64_t year, int64_t month, int count) {
  int64_t first = year * 12 + (month - 1);
  int64_t last = first + count - 1;
  if (first < 12 || last >= 10000LL * 12) return std::nullopt;
  int last_year = static_cast<int>(last / 12);
  int last_month = static_cast<int>(last % 12) + 1;
  auto from = MakeDay(static_cast<int>(first / 12), static_cast<int>(first % 12) + 1, 1);
  auto to = MakeDay(last_year, last_month, DaysInMonth(last_year, last_month));
  if (!from || !to) return std::nullopt;
  return DayRange{*from, *to};
}

Days Years(int64_t first, int64_t last) {
  if (last < first || first < 1 || last > 9999) return std::nullopt;
  return Months(first, 1, static_cast<int>(last - first + 1) * 12);
}

Day MondayOf(Day day) { return AddDays(day, -Weekday(day)); }

// The early, middle or late third of an interval.
Days Narrow(const Days& days, TimePart part) {
  if (!days || part == TimePart::kWhole) return days;
  int length = days->to.number - days->from.number + 1;
  int third = std::max(1, length / 3);
  int edge = std::max(1, length > 100 ? length / 12 : length / 4);
  switch (part) {
    case TimePart::kStart:
      return DayRange{days->from, AddDays(days->from, edge - 1)};
    case TimePart::kEnd:
      return DayRange{AddDays(days->to, -(edge - 1)), days->to};
    case TimePart::kEarly:
      return DayRange{days->from, AddDays(days->from, third - 1)};
    case TimePart::kMiddle:
      return DayRange{AddDays(days->from, third), AddDays(days->to, -third)};
    case TimePart::kLate:
      return DayRange{AddDays(days->to, -(third - 1)), days->to};
    default:
      return days;
  }
}

Days NarrowTo(const Days& days, TimePart part, Day published) {
  if (!days) return days;
  if (part == TimePart::kEarlierThan)
    return Checked(days->from, std::min(std::max(published, days->from), days->to));
  if (part == TimePart::kLaterThan)
    return Checked(std::max(std::min(published, days->to), days->from), days->to);
  return Narrow(days, part);
}

TimeGrain GrainOf(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::kWeek:
    case TimeUnit::kFortnight:
      return TimeGrain::kWeek;
    case TimeUnit::kMonth:
      return TimeGrain::kMonth;
    case TimeUnit::kQuarter:
      return TimeGrain::kQuarter;
    case TimeUnit::kYear:
      return TimeGrain::kYear;
    case TimeUnit::kDecade:
    case TimeUnit::kCentury:
      return TimeGrain::kDecade;
    default:
      return TimeGrain::kDay;
  }
}

// The calendar unit that lies `offset` units from that of `day`.
Days UnitAt(Day day, TimeUnit unit, int64_t offset) {
  CivilDate date = ToCivil(day);
  switch (unit) {
    case TimeUnit::kWeek:
      return Checked(AddDays(MondayOf(day), 7 * offset), AddDays(MondayOf(day), 7 * offset + 6));
    case TimeUnit::kFortnight:
      return Checked(AddDays(MondayOf(day), 14 * offset), AddDays(MondayOf(day), 14 * offset + 13));
    case TimeUnit::kMonth:
      return Months(date.year, date.month + offset, 1);
    case TimeUnit::kQuarter:
      return Months(date.year, (date.month - 1) / 3 * 3 + 1 + 3 * offset, 3);
    case TimeUnit::kYear:
      return Years(date.year + offset, date.year + offset);
    case TimeUnit::kDecade:
      return Years((date.year / 10 + offset) * 10, (date.year / 10 + offset) * 10 + 9);
    case TimeUnit::kCentury:
      return Years(((date.year - 1) / 100 + offset) * 100 + 1, ((date.year - 1) / 100 + offset) * 100 + 100);
    case TimeUnit::kDay:
      return Checked(AddDays(day, offset), AddDays(day, offset));
    default:
      return std::nullopt;
  }
}

// The day `count` units from `day`; a month that is too short gives its last day.
std::optional<Day> Shift(Day day, TimeUnit unit, int64_t count) {
  CivilDate date = ToCivil(day);
  int64_t months = 0;
  switch (unit) {
    case TimeUnit::kSecond:
    case TimeUnit::kMinute:
      return day;
    case TimeUnit::kHour:
      return AddDays(day, count / 24 + (count % 24) / 18);  // 24 hours are a day, five hours are none
    case TimeUnit::kWeek:
    case TimeUnit::kWeekend:
      return AddDays(day, 7 * count);
    case TimeUnit::kFortnight:
      return AddDays(day, 14 * count);
    case TimeUnit::kMonth:
      months = count;
      break;
    case TimeUnit::kQuarter:
      months = 3 * count;
      break;
    case TimeUnit::kYear:
      months = 12 * count;
      break;
    case TimeUnit::kDecade:
      months = 120 * count;
      break;
    case TimeUnit::kCentury:
      months = 1200 * count;
      break;
    default:
      return AddDays(day, count);
  }
  Days month = Months(date.year, date.month + months, 1);
  if (!month) return std::nullopt;
  int length = month->to.number - month->from.number + 1;
  return AddDays(month->from, std::min(date.day, length) - 1);
}

Days ResolveWeekday(const TimePhrase& phrase, Day published, bool future) {
  if (phrase.week_offset)
    return OneDay(AddDays(MondayOf(published), 7 * *phrase.week_offset + phrase.weekday));
  int back = (Weekday(published) - phrase.weekday + 7) % 7;
  int ahead = (7 - back) % 7;
  switch (phrase.relation) {
    case TimeRelation::kLast:
      return OneDay(AddDays(published, back == 0 ? -7 : -back));
    case TimeRelation::kNext:
      return OneDay(AddDays(published, ahead == 0 ? 7 : ahead));
    case TimeRelation::kThis:
      return OneDay(AddDays(published, ahead));
    default:
      return OneDay(AddDays(published, future ? ahead : -back));
  }
}

// The year of a month without one: with `last`, `this`, `next`, or else the one nearest to what the tense
// says.
int YearOfMonth(const TimePhrase& phrase, Day published, bool future) {
  CivilDate date = ToCivil(published);
  switch (phrase.relation) {
    case TimeRelation::kLast:
      return phrase.month < date.month ? date.year : date.year - 1;
    case TimeRelation::kNext:
      return phrase.month > date.month ? date.year : date.year + 1;
    case TimeRelation::kThis:
      return date.year;
    default:
      break;
  }
  if (future) return phrase.month >= date.month ? date.year : date.year + 1;
  return phrase.month <= date.month ? date.year : date.year - 1;
}

// A day without a year is the last such day, unless the next one is as close as this: news looks back further
// than ahead.
constexpr int kMostDaysAhead = 60;

// The year of a day without one: the first on or after publication for the future, else as above.
std::optional<int> YearOfDay(const TimePhrase& phrase, Day published, bool future) {
  int year = ToCivil(published).year;
  std::optional<int> best;
  int best_distance = 0;
  for (int candidate :
       {year - 4, year - 3, year - 2, year - 1, year, year + 1, year + 2, year + 3, year + 4}) {
    auto day = MakeDay(candidate, phrase.month, phrase.day);
    if (!day || (future && *day < published)) continue;
    int distance = std::abs(day->number - published.number);
    if (!future && *day > published && distance > kMostDaysAhead) continue;
    if (!best || distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::optional<int> YearSaid(const TimePhrase& phrase, std::optional<Day> published) {
  if (phrase.year != 0) return phrase.year;
  if (phrase.year_offset && published) return ToCivil(*published).year + *phrase.year_offset;
  return std::nullopt;
}

PlacedTime ResolveDate(const TimePhrase& phrase, std::optional<Day> published, bool future) {
  PlacedTime placed;
  placed.grain = phrase.day != 0 ? TimeGrain::kDay : TimeGrain::kMonth;
  std::optional<int> year = YearSaid(phrase, published);
  if (!year && published) {
    year = phrase.day != 0 ? YearOfDay(phrase, *published, future) : YearOfMonth(phrase, *published, future);
  }
  if (!year) return placed;
  if (phrase.day == 0) {
    placed.days = Narrow(Months(*year, phrase.month, 1), phrase.part);
    return placed;
  }
  auto from = MakeDay(*year, phrase.month, phrase.day);
  auto to = from;
  if (phrase.day_to != 0) {
    int month_to = phrase.month_to != 0 ? phrase.month_to : phrase.month;
    to = MakeDay(month_to < phrase.month ? *year + 1 : *year, month_to, phrase.day_to);
  }
  if (from && to) placed.days = Checked(*from, *to);
  return placed;
}

PlacedTime ResolvePartOfYear(const TimePhrase& phrase, std::optional<Day> published, bool future) {
  PlacedTime placed;
  placed.grain = TimeGrain::kQuarter;
  int months = phrase.kind == TimeKind::kHalf ? 6 : 3;
  int first_month = phrase.kind == TimeKind::kSeason ? phrase.month : (phrase.number - 1) * months + 1;
  std::optional<int> year = YearSaid(phrase, published);
  if (!year && published) {
    TimePhrase month = phrase;
    month.month = first_month;
    year = YearOfMonth(month, *published, future);
  }
  if (year) placed.days = Narrow(Months(*year, first_month, months), phrase.part);
  return placed;
}

PlacedTime ResolveAgo(const TimePhrase& phrase, Day published, int sign) {
  PlacedTime placed;
  placed.grain = GrainOf(phrase.unit);
  std::optional<Day> point = Shift(published, phrase.unit, int64_t{sign} * phrase.amount);
  if (phrase.amount == 0 || !point || !IsInCalendar(*point)) return placed;
  switch (phrase.unit) {
    case TimeUnit::kWeek:
    case TimeUnit::kFortnight:
      placed.days = Checked(AddDays(*point, -3), AddDays(*point, 3));
      break;
    case TimeUnit::kMonth:
    case TimeUnit::kQuarter:
    case TimeUnit::kYear:
    case TimeUnit::kDecade:
    case TimeUnit::kCentury:
      placed.days = UnitAt(*point, phrase.unit, 0);
      break;
    default:
      placed.days = OneDay(*point);
  }
  return placed;
}

PlacedTime ResolveSpan(const TimePhrase& phrase, Day published) {
  PlacedTime placed;
  placed.grain = GrainOf(phrase.unit);
  if (phrase.amount == 0) return placed;
  bool ahead = phrase.relation == TimeRelation::kNext;
  std::optional<Day> far_end = Shift(published, phrase.unit, ahead ? phrase.amount : -int64_t{phrase.amount});
  if (far_end) placed.days = ahead ? Checked(published, *far_end) : Checked(*far_end, published);
  return placed;
}

Days ResolveWeekend(const TimePhrase& phrase, Day published, bool future) {
  int weekday = Weekday(published);
  Day saturday = AddDays(MondayOf(published), 5);
  bool is_weekend = weekday >= 5;
  if (phrase.relation == TimeRelation::kNext)
    return Checked(AddDays(saturday, is_weekend ? 7 : 0), AddDays(saturday, is_weekend ? 8 : 1));
  bool this_one = is_weekend ? phrase.relation != TimeRelation::kLast : future;
  if (!this_one) saturday = AddDays(saturday, -7);
  return Checked(saturday, AddDays(saturday, 1));
}

PlacedTime ResolveAbsolute(const TimePhrase& phrase) {
  PlacedTime placed;
  placed.grain = phrase.kind == TimeKind::kYear || phrase.kind == TimeKind::kYears ? TimeGrain::kYear
                                                                                   : TimeGrain::kDecade;
  if (phrase.kind == TimeKind::kYear) placed.days = Narrow(Years(phrase.year, phrase.year), phrase.part);
  if (phrase.kind == TimeKind::kYears) placed.days = Years(phrase.year, phrase.year_to);
  if (phrase.kind == TimeKind::kDecade)
    placed.days = Narrow(Years(phrase.number, int64_t{phrase.number} + 9), phrase.part);
  if (phrase.kind == TimeKind::kCentury) {
    int64_t last = int64_t{phrase.number} * 100;
    placed.days = Narrow(Years(last - 99, last), phrase.part);
  }
  return placed;
}

}  // namespace

PlacedTime Resolve(const TimePhrase& phrase, std::optional<Day> published, bool future) {
  switch (phrase.kind) {
    case TimeKind::kDate:
      return ResolveDate(phrase, published, future);
    case TimeKind::kQuarter:
    case TimeKind::kHalf:
    case TimeKind::kSeason:
      return ResolvePartOfYear(phrase, published, future);
    case TimeKind::kYear:
    case TimeKind::kYears:
    case TimeKind::kDecade:
    case TimeKind::kCentury:
      return ResolveAbsolute(phrase);
    case TimeKind::kClock:
    case TimeKind::kVague:
    case TimeKind::kDuration:
      return {};
    default:
      break;
  }
  PlacedTime placed;
  if (phrase.kind == TimeKind::kUnit) placed.grain = GrainOf(phrase.unit);
  if (!published) return placed;
  switch (phrase.kind) {
    case TimeKind::kWeekday:
      placed.days = ResolveWeekday(phrase, *published, future);
      break;
    case TimeKind::kOffset:
      placed.days = OneDay(AddDays(*published, phrase.amount));
      break;
    case TimeKind::kNight:
      placed.days = Checked(AddDays(*published, -1), *published);
      break;
    case TimeKind::kWeekend:
      placed.days = ResolveWeekend(phrase, *published, future);
      break;
    case TimeKind::kAgo:
      return ResolveAgo(phrase, *published, -1);
    case TimeKind::kAhead:
      return ResolveAgo(phrase, *published, 1);
    case TimeKind::kSpan:
      return ResolveSpan(phrase, *published);
    case TimeKind::kUnit: {
      int offset = phrase.relation == TimeRelation::kLast   ? -1
                   : phrase.relation == TimeRelation::kNext ? 1
                                                            : 0;
      placed.days = NarrowTo(UnitAt(*published, phrase.unit, offset), phrase.part, *published);
      break;
    }
    case TimeKind::kDayOfMonth: {
      CivilDate date = ToCivil(*published);
      int back = future || phrase.day <= date.day ? 0 : 1;
      if (future && phrase.day < date.day) back = -1;
      Days month = Months(date.year, int64_t{date.month} - back, 1);
      if (month && phrase.day <= month->to.number - month->from.number + 1)
        placed.days = OneDay(AddDays(month->from, phrase.day - 1));
      break;
    }
    default:
      break;
  }
  if (placed.days && (!IsInCalendar(placed.days->from) || !IsInCalendar(placed.days->to)))
    placed.days.reset();
  return placed;
}

}  // namespace whowhom::extract
