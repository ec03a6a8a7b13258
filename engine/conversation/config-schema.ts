import { z } from 'zod';
import { DEFAULT_SETTINGS } from './settings';
import { TEXT_KEYS, type TextKey } from './texts';

/** What a supervisor may set in a Queue Router, and what a setting is when nobody touched it. */

const text = z.string().max(4096);
const texts = z.object(
	Object.fromEntries(TEXT_KEYS.map((key) => [key, text.optional()])) as Record<TextKey, z.ZodOptional<typeof text>>,
);
const minutesOrOff = z.number().min(0).max(525_600).nullable();

const rowSchema = z.object({
	number: z.number().int().min(0).max(9999),
	/** Internal name, the queue's identity (M-06, B-48). */
	name: z.string().trim().min(1).max(100),
	displayName: z.string().trim().max(200).default(''),
	active: z.boolean().default(true),
	action: z.enum(['queue', 'selfService']).default('queue'),
	/** Second line of a list row (C-15). */
	description: z.string().trim().max(500).default(''),
	aliases: z.array(z.string()).default([]),
	/** Somebody is on duty (M-10). */
	available: z.boolean().default(true),
	texts: texts.default({}),
});

const ruleSchema = z.object({
	type: z.enum(TEXT_KEYS as [TextKey, ...TextKey[]]),
	when: z.enum(['inside', 'outside', 'any']).default('any'),
	/** Internal names; empty: every queue. */
	queues: z.array(z.string()).default([]),
	title: z.string().default(''),
	text,
});

export const configSchema = z.object({
	rows: z.array(rowSchema),
	texts: texts.default({}),
	rules: z.array(ruleSchema).default([]),
	companyName: z.string().trim().default(''),
	listPlacement: z.enum(['same', 'separate']).default('same'),
	menuStyle: z.enum(['auto', 'buttons', 'list', 'text']).default('auto'),
	menuButtonLabel: z.string().trim().min(1).max(20).default('Ver opções'),
	assistant: z.boolean().default(true),
	singleQueueSkipsMenu: z.boolean().default(false),
	maxAttempts: z.number().int().min(1).max(20).default(3),
	/** 'output' or 'queue:<internal name>'. */
	fallback: z.string().default('output'),
	timeout: z
		.object({
			reminderAfterMinutes: minutesOrOff.default(null),
			giveUpAfterMinutes: minutesOrOff.default(720),
			then: z.enum(['fallback', 'resolve']).default('resolve'),
		})
		.default({}),
	reservedWords: z
		.object({
			menu: z.array(z.string()).default(['menu', 'menu inicial', 'início', 'voltar', 'voltar ao menu', 'opções']),
			human: z
				.array(z.string())
				.default([
					'atendente',
					'falar com atendente',
					'humano',
					'falar com humano',
					'falar com alguém',
					'falar com uma pessoa',
				]),
		})
		.default({}),
	menuWhileQueued: z.boolean().default(true),
	/** What a first message outside business hours gets: the away text only, or the menu as usual. */
	outsideHours: z.enum(['away', 'menu']).default('away'),
	/** Text written up to this long after a menu was sent belongs to what was said before it (D-14); 0: off. */
	burstSeconds: z.number().min(0).max(60).default(4),
	graceMinutes: z.number().min(0).max(10_080).default(DEFAULT_SETTINGS.graceMinutes),
	inactivityHours: z.number().positive().max(8760).nullable().default(null),
	startMode: z.enum(['send', 'draft']).default('send'),
	botPauseMinutes: z.number().positive().max(10_080).default(DEFAULT_SETTINGS.botPauseMinutes),
	botPauseCapMinutes: z.number().positive().max(10_080).default(DEFAULT_SETTINGS.botPauseCapMinutes),
	loopGuard: z
		.object({
			/** 0 switches a check off. */
			maxBotMessages: z.number().int().min(0).default(30),
			perMinutes: z.number().positive().default(10),
			maxSameText: z.number().int().min(0).default(5),
			maxFastReplies: z.number().int().min(0).default(6),
			pauseMinutes: z.number().positive().default(60),
		})
		.default({}),
});

export type TriageConfigInput = z.input<typeof configSchema>;
export type TriageConfig = z.output<typeof configSchema>;
export type TriageRow = TriageConfig['rows'][number];
