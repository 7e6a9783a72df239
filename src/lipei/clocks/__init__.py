"""When it is due: calendars, the counting of days, legal clocks and their readings. Pure."""

from lipei.clocks.calendar import Calendar, Period, Year, add_months, end_of_day, last_day, local_day
from lipei.clocks.clock import Clock, Tolling
from lipei.clocks.due import DueKey, due_key, most_urgent, queue, readings
from lipei.clocks.events import EVENT_KINDS, Event
from lipei.clocks.place import Place, UnknownLine
from lipei.clocks.reading import Bar, Reading
from lipei.clocks.source import Source
from lipei.clocks.tolling import Stop

__all__ = [
    "EVENT_KINDS",
    "Bar",
    "Calendar",
    "Clock",
    "DueKey",
    "Event",
    "Period",
    "Place",
    "Reading",
    "Source",
    "Stop",
    "Tolling",
    "UnknownLine",
    "Year",
    "add_months",
    "due_key",
    "end_of_day",
    "last_day",
    "local_day",
    "most_urgent",
    "queue",
    "readings",
]
