/** What the parts of a step are called: in this node, in JSON, and in the JSON of a settings node written in Portuguese. */
import type { LadderStep } from '../../engine';

export type StepField = keyof LadderStep;

export interface Field {
	/** As the editor shows it. */
	label: string;
	/** The usual one first. */
	portuguese: [string, ...string[]];
	/** Of a choice: each value, and what else it may be called. */
	words?: Record<string, [string, ...string[]]>;
}

export const FIELDS = {
	key: { label: 'Key', portuguese: ['passo', 'chave'] },
	name: { label: 'Name', portuguese: ['nome'] },
	offset: { label: 'Offset', portuguese: ['dias'] },
	unit: {
		label: 'Unit',
		portuguese: ['unidade'],
		words: { calendarDays: ['corridos', 'dias corridos'], bankDays: ['úteis', 'dias úteis'] },
	},
	action: {
		label: 'Action',
		portuguese: ['acao'],
		words: { template: ['modelo'], text: ['texto'], human: ['pessoa'] },
	},
	template: { label: 'Template Name', portuguese: ['modelo'] },
	text: { label: 'Text', portuguese: ['texto'] },
	segments: { label: 'Segments', portuguese: ['segmento', 'segmentos'] },
	shift: {
		label: 'If the Day Is Closed',
		portuguese: ['seFechado'],
		words: { next: ['próximo', 'depois'], previous: ['anterior', 'antes'] },
	},
} as const satisfies Record<StepField, Field>;
