"""The index of all tables, one import a line, in the order of the floors."""

from lipei.analytics.models import *  # noqa: F403
from lipei.archive.models import *  # noqa: F403
from lipei.assessment.models import *  # noqa: F403
from lipei.claimfile.models import *  # noqa: F403
from lipei.communication.models import *  # noqa: F403
from lipei.complaints.models import *  # noqa: F403
from lipei.coverage.models import *  # noqa: F403
from lipei.documents.models import *  # noqa: F403
from lipei.filing.models import *  # noqa: F403
from lipei.frontdesk.models import *  # noqa: F403
from lipei.frontdesk.practice.models import *  # noqa: F403
from lipei.intake.models import *  # noqa: F403
from lipei.payments.models import *  # noqa: F403
from lipei.policies.models import *  # noqa: F403
from lipei.settlement.models import *  # noqa: F403
from lipei.staff.models import *  # noqa: F403
