"""What was weighed before personal information is shown: the assessment of impact, kept with the document."""

from __future__ import annotations

from django.db import models

from gongkai.web.audit.record import Record
from gongkai.web.publications.models.document import Document


class Assessment(Record):
    """The assessment of impact on personal information before a list of persons is shown (PIPL 55, 56), in its three parts."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="assessment")
    purpose = models.TextField("处理目的、方式是否合法、正当、必要", max_length=2000)
    impact = models.TextField("对个人权益的影响和安全风险", max_length=2000)
    measures = models.TextField("保护措施是否合法、有效并与风险程度相适应", max_length=2000)
    assessed_on = models.DateField("评估日期")
    by = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = "个人信息保护影响评估"
