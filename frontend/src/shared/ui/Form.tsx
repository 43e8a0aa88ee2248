import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./Form.module.css";

interface FormProps {
  onSubmit: () => void | Promise<void>;
  children: React.ReactNode;
  label?: string;
}

/** Fields under each other; the browser's own bubbles are off, our sentences are under the fields. */
export function Form({ onSubmit, children, label }: FormProps): React.JSX.Element {
  return (
    <form
      noValidate
      className={css.form}
      {...(label !== undefined && { "aria-label": label })}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void onSubmit();
      }}
    >
      {children}
    </form>
  );
}

/** The buttons at the end of a form. */
export function FormActions({ children, end = false }: { children: React.ReactNode; end?: boolean }): React.JSX.Element {
  return <div className={end ? css.actionsEnd : css.actions}>{children}</div>;
}

/** A password that can be shown, by pointer and by keyboard. */
export function PasswordField(props: PasswordInputProps): React.JSX.Element {
  const { t } = useTranslation("common");
  const [visible, setVisible] = useState(false);
  return (
    <PasswordInput
      {...props}
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleButtonProps={{ "aria-label": t(visible ? "password.hide" : "password.show"), tabIndex: 0 }}
    />
  );
}

export interface Submission<T> {
  busy: boolean;
  error: unknown;
  run: (act: () => Promise<T>) => Promise<T | undefined>;
  clear: () => void;
}

/** One submission at a time, with its failure. */
export function useSubmission<T = unknown>(): Submission<T> {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const run = async (act: () => Promise<T>): Promise<T | undefined> => {
    if (state.busy) return undefined;
    setState({ busy: true, error: null });
    try {
      const result = await act();
      setState({ busy: false, error: null });
      return result;
    } catch (error) {
      setState({ busy: false, error });
      return undefined;
    }
  };
  return { ...state, run, clear: () => setState({ busy: false, error: null }) };
}
