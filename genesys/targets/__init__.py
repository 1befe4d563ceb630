"""Targets: what they are for each queue and media type, and which figures meet them."""

from genesys.targets.across import Across as Across
from genesys.targets.across import across as across
from genesys.targets.across import across_each as across_each
from genesys.targets.common import common_targets as common_targets
from genesys.targets.file import read_targets as read_targets
from genesys.targets.rows import JUDGED as JUDGED
from genesys.targets.rows import Target as Target
from genesys.targets.rows import Targets as Targets
from genesys.targets.rows import targets as targets
from genesys.targets.status import ICONS as ICONS
from genesys.targets.status import Standing as Standing
from genesys.targets.status import Status as Status
from genesys.targets.status import contacts_in_hand as contacts_in_hand
from genesys.targets.status import contacts_to_target as contacts_to_target
from genesys.targets.status import judge as judge
from genesys.targets.status import standing as standing
