"""安抚的六步: what a clerk says, may offer and must leave behind when a visitor is upset. THE table of the calm mode. Pure.

The order is that of the six steps customary at Chinese counters: quiet room, listening, point of the matter, an apology that
fits the matter, a solution, follow-up. At none of them is there any arguing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lipei.terms.words import Words

REASONS: dict[str, Words] = {
    "upset": Words("客户生气、大声", "The visitor is angry or loud"),
    "distressed": Words("客户难过、哭泣、说不下去", "The visitor is in grief or tears and cannot go on"),
    "afraid": Words("客户害怕、慌乱", "The visitor is afraid or confused"),
    "crowd": Words("同来的人多，彼此争执", "Several people came together and quarrel"),
    "unwell": Words("客户身体不舒服", "The visitor feels unwell"),
}
"""Why the calm mode is called for in a visit of any purpose."""
COMPLAINT = Words("客户来投诉", "The visitor came to complain")
THREAT = Words("客户说了威胁的话", "The visitor uttered a threat")
ALL_REASONS = {**REASONS, "complaint": COMPLAINT, "threat": THREAT}

NO_ARGUMENT = Words(
    "不争论对错，不说“规定就是这样”，不替同事辩解。听不明白就问，听明白了就复述。",
    "Do not argue who is right, do not cite rules, do not defend colleagues. Ask what is unclear, and say back what is clear.",
)
AT_A_THREAT = Words(
    "{name}，您的话我听到了，也会记下来。我请主管过来，和您一起谈。",
    "{name}, I have heard you, and I note it down. I ask my supervisor to come and speak with you.",
)
AFTER_A_THREAT = Words(
    "主管已经叫了，话已经记了。站开一点，不回嘴，不单独留下；有人要动手，离开并报警。",
    "The supervisor is called and the words are noted. Keep your distance, do not answer back, do not stay alone; if it turns to force, leave and call the police.",
)


@dataclass(frozen=True, slots=True)
class CalmReason:
    """Why a step truly does not apply."""

    id: str
    name: Words


@dataclass(frozen=True, slots=True)
class CalmStep:
    """One of the six: name, what lacks while it is not done, why it is there, the manner, and the sentences by situation."""

    id: str
    name: Words
    lacking: Words
    why: Words
    manner: Words
    plain: tuple[Words, ...]
    by_situation: dict[str, Words] = field(default_factory=dict)
    reasons: tuple[CalmReason, ...] = ()


STEPS: tuple[CalmStep, ...] = (
    CalmStep(
        "quiet_room", Words("请到安静的地方", "A quiet place"),
        Words("还没有请客户到安静的地方坐下", "The visitor was not asked to a quiet place"),
        Words("离开人群，坐下来，声音自然就低了。", "Away from the crowd and seated, voices come down by themselves."),
        Words("走在旁边，不走在前面。先倒水，再坐下，斜对着坐。", "Walk beside them, not ahead. Offer water first, then sit at an angle."),
        (Words("{name}，这里人多，我们到里面坐下慢慢说，我给您倒杯水。", "{name}, it is busy here. Let us sit down inside; I bring you some water."),
         Words("{name}，您的事要紧，我们找个安静的地方，好好说。", "{name}, this matters. Let us find a quiet place to talk it through.")),
        {
            "bereavement": Words("{name}，这边安静些，您先坐一坐。想说的时候再说。", "{name}, it is quieter here; please sit down. Speak when you wish to."),
            "injury": Words("{name}，里面有靠背椅，我扶您过去，坐着说。", "{name}, there is a chair with a back inside. Let me help you there."),
            "elderly": Words("{name}，我陪您慢慢走，里面坐着说，听得清楚些。", "{name}, let us walk slowly; inside you can sit and hear better."),
        },
        (CalmReason("wishes_to_stay", Words("客户想留在原处", "The visitor wishes to stay where they are")),
         CalmReason("no_room_free", Words("没有空的安静处，在柜台一侧坐下谈", "No quiet place is free; seated at the side of the counter")),
         CalmReason("not_able_to_move", Words("客户不便走动", "The visitor cannot easily move"))),
    ),
    CalmStep(
        "listen", Words("听完", "Listen to the end"),
        Words("还没有听客户讲完、记下原话", "The visitor was not heard to the end, their own words noted"),
        Words("话说完了，气才下去。", "Anger passes once everything is said."),
        Words("看着客户，点头，不插话。停下来等三秒，再问“还有吗”。", "Look at them, nod, do not cut in. Wait three seconds, then ask what else."),
        (Words("{name}，您从头讲，我记着，不打断。讲完我念给您听。", "{name}, please start from the beginning. I note it without interrupting, then read it back."),
         Words("{name}，还有吗？想到的都可以讲。", "{name}, is there anything else? Please tell me all of it.")),
        {
            "bereavement": Words("{name}，我在听。讲不下去就停一停，不要紧。", "{name}, I am listening. Stop whenever it is too much."),
            "anger": Words("{name}，换了是我，遇到这样的事也着急。您讲，我听着。", "{name}, in your place I would be troubled as well. Please go on, I am listening."),
            "injury": Words("{name}，您讲短一点也行，累了我们就停。", "{name}, keep it as short as you like; we stop when you are tired."),
            "elderly": Words("{name}，不急，一件一件讲，我都记下来。", "{name}, no hurry. One thing after another; I write all of it down."),
        },
        (CalmReason("does_not_speak", Words("客户现在不想讲，先坐着陪一会儿", "The visitor does not wish to speak now; we sit with them")),
         CalmReason("in_writing", Words("客户交来书面的话，作为材料收下", "The visitor brought it in writing; it is taken in as a paper"))),
    ),
    CalmStep(
        "point", Words("问清要紧处", "The point of the matter"),
        Words("还没有问清：为了什么事，客户想要什么", "What it is about and what the visitor wishes is not clear"),
        Words("知道客户要什么，才知道能办什么。", "Only who knows the wish can see what can be done."),
        Words("用客户的话复述一遍，请客户说“对”或“不对”。", "Say it back in their own words, and let them say yes or no."),
        (Words("{name}，我听下来，要紧的是这件事，您希望的是这样，对吗？", "{name}, as I understand it this is what matters, and this is what you wish for. Is that right?"),
         Words("{name}，今天怎样做，您会觉得这件事办好了？", "{name}, what would need to happen for this to be settled in your eyes?")),
        {
            "bereavement": Words("{name}，您现在最需要我们先办哪一件？", "{name}, which one thing do you most need from us now?"),
            "anger": Words("{name}，您生气的是这件事，不是小题大做。您想要我们怎么做？", "{name}, this is what angers you, and it is no small thing. What would you like us to do?"),
            "elderly": Words("{name}，我说一遍，您听听我记得对不对。", "{name}, I say it back; tell me whether I have it right."),
        },
        (CalmReason("not_clear_today", Words("客户今天说不清楚，另约时间再问", "It cannot be made clear today; another time is agreed")),),
    ),
    CalmStep(
        "apology", Words("为这件事道歉", "An apology that fits"),
        Words("还没有为这件事道歉", "There was no apology for the matter"),
        Words("道歉对准客户说的那件事；不认错责任，也不敷衍。", "An apology names what the visitor spoke of; it neither admits liability nor brushes aside."),
        Words("说出是哪件事。只说“对不起”，等于没说。", "Name the matter. A bare “sorry” says nothing."),
        (Words("{name}，让您跑了这么多趟，是我们没有做好，对不起。", "{name}, you had to come so many times. We did not do that well, and I am sorry."),
         Words("{name}，让您等这么久没有回音，换谁都不好受，对不起。谢谢您告诉我们。", "{name}, you waited so long without an answer; that is hard for anybody. I am sorry, and thank you for telling us.")),
        {
            "bereavement": Words("{name}，这样的时候还让您为手续操心，对不起。", "{name}, I am sorry that you have to trouble yourself with forms at such a time."),
            "anger": Words("{name}，那句话不该那样对您说，对不起。", "{name}, you should not have been spoken to like that. I am sorry."),
            "injury": Words("{name}，您身体不便还让您跑来，对不起。", "{name}, I am sorry that you had to come here in your condition."),
            "elderly": Words("{name}，我们没有讲清楚，让您着急了，对不起。", "{name}, we did not make it clear and worried you. I am sorry."),
        },
        (CalmReason("nothing_of_ours", Words("事情与本公司无关，只表示体谅", "The matter is none of ours; only sympathy is expressed")),),
    ),
    CalmStep(
        "solution", Words("能办的先办", "A solution"),
        Words("还没有说好今天能办什么", "What can be done today is not agreed"),
        Words("一件马上能办的小事，胜过一个大的许诺。", "One small thing done at once is worth more than a large promise."),
        Words("只说做得到的。要请示的，说明请示谁、哪天答复。", "Offer only what we can do. For what must be asked, say whom and by which day."),
        (Words("{name}，今天我能马上办的是这几件，您看先办哪一件？", "{name}, these are the things I can do right away. Which one first?"),
         Words("{name}，这一件要请主管定，我现在就问，问到了当面告诉您。", "{name}, this one the supervisor decides. I ask now and tell you here.")),
        {
            "bereavement": Words("{name}，手续我来跑，您只管在家，我打电话告诉您。", "{name}, I take care of the forms. Stay at home; I call you."),
            "anger": Words("{name}，办得到的我今天就办；办不到的我直说，不让您白等。", "{name}, what I can do I do today. What I cannot do I tell you plainly, so that you do not wait for nothing."),
            "elderly": Words("{name}，这几件我替您办，办好写在纸上给您。", "{name}, I do these for you and write them down for you to keep."),
        },
        (CalmReason("nothing_today", Words("今天没有能当场办的，只约定回音", "Nothing can be done today; only an answer is agreed")),),
    ),
    CalmStep(
        "follow_up", Words("约好回音", "Follow-up"),
        Words("还没有约好谁、哪天给回音", "Who answers, and by which day, is not agreed"),
        Words("有名字、有日子，客户才放心回去。", "A name and a day let them go home in peace."),
        Words("写在回执上，双手递过去，送到门口。", "Write it on the receipt, hand it over with both hands, see them to the door."),
        (Words("{name}，这件事由我跟到底，{day}以前给您打电话。", "{name}, I see this through and call you by {day}."),
         Words("{name}，编号和负责人都写在这里，有事直接打这个电话。", "{name}, number and person are written here; call this number at any time.")),
        {
            "bereavement": Words("{name}，请保重。{day}以前我打给您，别的不用您操心。", "{name}, please take care. I call you by {day}; leave the rest to us."),
            "anger": Words("{name}，谢谢您肯讲给我听。{day}以前，我给您一个明白的答复。", "{name}, thank you for telling me. You get a clear answer by {day}."),
        },
        (CalmReason("wishes_none", Words("客户明说不用再联系", "The visitor said expressly that no further contact is wished")),),
    ),
)
BY_ID = {step.id: step for step in STEPS}
ORDER = tuple(step.id for step in STEPS)


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be offered: by the clerk herself, or only with the supervisor who has come."""

    id: str
    name: Words
    is_for_supervisor: bool = False


OFFERS: dict[str, Offer] = {o.id: o for o in (
    Offer("explain_again", Words("当面再讲一遍，写在纸上", "Explain again here and write it down")),
    Offer("look_up_now", Words("当场查办到哪一步，告诉客户", "Look up now how far it is, and tell them")),
    Offer("call_owner", Words("当场打电话问经办同事", "Call the colleague in charge now")),
    Offer("one_list", Words("把缺的材料一次列全", "Put all that is missing on one list")),
    Offer("fetch_papers", Words("能从医院、机构查到的，我们去取", "Fetch ourselves what hospitals and offices can give us")),
    Offer("home_visit", Words("行动不便的，上门收材料", "Collect papers at home for those who cannot easily move")),
    Offer("other_person", Words("换一位同事接待", "Another colleague receives them")),
    Offer("other_handler", Words("换一位理赔员经办", "Give the claim to another handler"), is_for_supervisor=True),
    Offer("second_look", Words("请人重新看一遍已作的决定", "Have a decision looked at again"), is_for_supervisor=True),
    Offer("first_in_line", Words("提前办理", "Take it out of turn"), is_for_supervisor=True),
    Offer("travel_costs", Words("因我方失误多跑的路费", "Fares for journeys that our mistake caused"), is_for_supervisor=True),
    Offer("written_apology", Words("公司书面道歉", "A written apology from the company"), is_for_supervisor=True),
)}
"""No amount of a claim is ever offered here: what is owed is decided by the contract."""

_TO_BE_AGREED = Words("说好的日子", "the day we agree")


def step_saying(step: str, *, situation: str, name: str, another: int = 0, day: Words | None = None) -> Words:
    """The sentence to say at a step; `another` counts how often a different one was asked for."""
    told = BY_ID[step]
    own = told.by_situation.get(situation)
    order = ((own,) if own else ()) + told.plain
    address = Words(name, name) if name.strip() else Words("您好", "Good day")
    return order[another % len(order)].with_(name=address, day=day or _TO_BE_AGREED)


def reasons_for_step(step: str, *, is_complaint: bool) -> tuple[CalmReason, ...]:
    """Why a step may not apply. Who complains is always heard, and always asked what it is about."""
    return () if is_complaint and step in ("listen", "point") else BY_ID[step].reasons


def next_step(done: frozenset[str]) -> CalmStep | None:
    """The first step that is neither done nor marked as not applicable; None when all six are through."""
    return next((step for step in STEPS if step.id not in done), None)


def steps_lacking(done: frozenset[str], *, target: str) -> tuple[CalmStep, ...]:
    """Every step before `target` that is still open, the first one first."""
    return tuple(step for step in STEPS[: ORDER.index(target)] if step.id not in done)
