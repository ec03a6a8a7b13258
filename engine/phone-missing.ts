/** The exact words of V-11: said wherever somebody cannot be written to because no usable phone is known. */
export const NO_PHONE = 'Não possui telefone para envio de mensagem';
