/** What does "Test" in a WhatsApp Cloud API credential tell a person? What is wrong, why, and how to mend it. */
import type { INodeCredentialTestResult } from 'n8n-workflow';

/** What the engine's look at a channel gives, as far as a person needs it. */
export interface ChannelFindings {
	ok: boolean;
	phone: string | null;
	name: string | null;
	problems: Array<{ what: string; why: string; fix: string }>;
}

/** The channel's own findings as the one message n8n shows; several problems become a numbered list. */
export function credentialTestResult({ ok, phone, name, problems }: ChannelFindings): INodeCredentialTestResult {
	if (ok) return { status: 'OK', message: `Connected to ${[name, phone].filter(Boolean).join(', ') || 'the number'}` };
	const sentences = problems.map(({ what, why, fix }) => [what, why, fix].filter(Boolean).map(sentence).join(' '));
	if (sentences.length < 2) return { status: 'Error', message: sentences[0] ?? 'The number cannot send or receive.' };
	return { status: 'Error', message: sentences.map((text, n) => `${n + 1}. ${text}`).join(' ') };
}

function sentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
