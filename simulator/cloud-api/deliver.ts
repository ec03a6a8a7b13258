import type { ChatMessage, Contact } from '../model';
import type { Simulation } from '../simulation';
import type { Chat } from '../world';
import type { Problem } from './errors';
import { fetchLink, mayFetch } from './link-media';
import type { MediaPart } from './media-parts';
import { deliverNow, planFailure, planStatuses } from './statuses';

/** When does an accepted message go on? At once, after its file was fetched, after a quality assessment, or never. */
export interface Fate {
	failure: Problem | null;
	/** Waits for the quality assessment of its template (cloud-api.md §4 pacing). */
	held: boolean;
	media: MediaPart | null;
}

const HELD_MS = 3_600_000;

export function deliverLater(simulation: Simulation, chat: Chat, message: ChatMessage, fate: Fate): void {
	if (fate.failure) return planFailure(simulation, chat, message, fate.failure.code, fate.failure.details);
	if (message.type !== 'reaction') chat.unread++;
	if (!fate.held) return goOn(simulation, chat, message, fate.media);
	simulation.held.push({
		heldAt: simulation.clock.now(),
		release: () => goOn(simulation, chat, message, fate.media),
		drop: () =>
			planFailure(simulation, chat, message, 132015, 'The template was paused during its quality assessment.'),
	});
}

/** Releases or drops everything that is held. */
export function settlePacing(simulation: Simulation, outcome: 'deliver' | 'drop'): number {
	const held = simulation.held;
	simulation.held = [];
	for (const message of held) {
		if (outcome === 'deliver') message.release();
		else message.drop();
	}
	return held.length;
}

/** The assessment takes an hour at most. */
export function releaseDue(simulation: Simulation): void {
	const now = simulation.clock.now();
	const due = simulation.held.filter((message) => now - message.heldAt >= HELD_MS);
	simulation.held = simulation.held.filter((message) => now - message.heldAt < HELD_MS);
	for (const message of due) message.release();
}

/** A phone that was off is on again: what is not too old arrives now. */
export function catchUp(simulation: Simulation, contact: Contact): void {
	const now = simulation.clock.now();
	for (const chat of simulation.world.chats.values()) {
		if (chat.contact !== contact || chat.number.linked) continue;
		for (const message of chat.messages) {
			const waits = message.from === 'business' && message.statuses.sent && !message.statuses.delivered;
			if (!waits || message.error || message.type === 'reaction') continue;
			if (now < (message.expiresAt ?? Infinity)) deliverNow(simulation, chat, message);
		}
	}
}

function goOn(simulation: Simulation, chat: Chat, message: ChatMessage, media: MediaPart | null): void {
	const link = media?.link;
	if (!media || !link || !mayFetch(simulation, link)) return planStatuses(simulation, chat, message);
	let forgotten = false;
	const forget = () => (forgotten = true);
	simulation.planned.add(forget);
	void fetchLink(simulation, { ...media, link }).then((got) => {
		simulation.planned.delete(forget);
		if (forgotten) return;
		if (!got.ok) return planFailure(simulation, chat, message, 131053, got.reason);
		message.fetchedMediaId = got.media.id;
		const { waId } = chat.contact;
		const { phoneNumberId } = chat.number;
		simulation.events.emit({ type: 'fetched', waId, phoneNumberId, id: message.id, mediaId: got.media.id });
		planStatuses(simulation, chat, message);
	});
}
