/** Three threads that cross: messages on a loom. */
export const Logo = ({ className }: { readonly className?: string | undefined }) => (
  <svg className={className} viewBox="0 0 24 24" aria-hidden>
    <path d="M3 6h6c4 0 2 12 6 12h6M3 12h18M3 18h6c4 0 2-12 6-12h6" />
  </svg>
);
