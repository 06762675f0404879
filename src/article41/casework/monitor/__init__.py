"""The customers of a house, the alerts on them, and what a change of the lists makes of these."""

from article41.casework.monitor.alerts import Alert, AlertChange, ChangeKind, Ending
from article41.casework.monitor.book import Run, all_alerts, last_run
from article41.casework.monitor.customer import Customer, is_identifying
from article41.casework.monitor.monitor import Moment, Monitor, Report
from article41.casework.monitor.past import put_back
from article41.casework.monitor.register import Intake, Register, has_register

__all__ = [
    "Alert",
    "AlertChange",
    "ChangeKind",
    "Customer",
    "Ending",
    "Intake",
    "Moment",
    "Monitor",
    "Register",
    "Report",
    "Run",
    "all_alerts",
    "has_register",
    "is_identifying",
    "last_run",
    "put_back",
]
