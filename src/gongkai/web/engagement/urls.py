"""The addresses of what passes between an office and the public: the office's below office/, the public's beside it."""

from __future__ import annotations

from django.urls import path

from gongkai.web.engagement.views.consultations import changing, everybody, office
from gongkai.web.engagement.views.messages import changing as changing_messages
from gongkai.web.engagement.views.messages import everybody as public_messages
from gongkai.web.engagement.views.messages import office as messages

app_name = "engagement"
_OFFICE, _ONE = "office/consultations/", "office/consultations/<slug:key>/"
urlpatterns = [
    path(_OFFICE, office.listing, name="consultations"),
    path(f"{_OFFICE}new/", office.new, name="consultation_new"),
    path(_ONE, office.one, name="consultation"),
    path(f"{_ONE}edit/", office.edit, name="consultation_edit"),
    path(f"{_ONE}files/<slug:file>/", office.enclosure, name="consultation_file"),
    path(f"{_ONE}comments/", office.comments, name="consultation_comments"),
    path(f"{_ONE}comments.<slug:ending>", office.export, name="consultation_export"),
    path(f"{_ONE}summary/", office.summary, name="consultation_summary"),
    path(f"{_ONE}prepare/<slug:act>/", changing.prepare, name="consultation_prepare"),
    path(f"{_ONE}approve/<slug:act>/", changing.approve, name="consultation_approve"),
    path("consultations/", everybody.listing, name="public_consultations"),
    path("consultations/<slug:key>/", everybody.one, name="public_consultation"),
    path("consultations/<slug:key>/files/<slug:file>/", everybody.enclosure, name="public_consultation_file"),
    path("consultations/<slug:key>/comment/", everybody.comment, name="comment"),
    path("consultations/<slug:key>/comments/<slug:comment>/", everybody.one_comment, name="public_comment"),
    path("office/messages/", messages.listing, name="messages"),
    path("office/messages.<slug:ending>", messages.export, name="message_export"),
    path("office/messages/desk/<slug:key>/", messages.desk, name="message_desk"),
    path("office/messages/<slug:key>/", messages.one, name="message"),
    path("office/messages/<slug:key>/prepare/<slug:act>/", changing_messages.prepare, name="message_prepare"),
    path("office/messages/<slug:key>/approve/<slug:act>/", changing_messages.approve, name="message_approve"),
    path("messages/", public_messages.listing, name="public_messages"),
    path("messages/write/", public_messages.write, name="write"),
    path("messages/follow/", public_messages.follow, name="follow"),
    path("messages/statistics/", public_messages.statistics, name="message_statistics"),
    path("messages/<slug:key>/", public_messages.one, name="public_message"),
]
