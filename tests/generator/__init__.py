"""Made-up annual reports with known truth, in every kind of file met: an independent witness for the reader.

Nothing here knows how reports are recognised or checked; it takes only identifiers and labels from the form files.
"""

from tests.generator.kinds import KINDS, Rendered, render
from tests.generator.made import Expected, Made, Printed
from tests.generator.story import make

__all__ = ["KINDS", "Expected", "Made", "Printed", "Rendered", "make", "render"]
